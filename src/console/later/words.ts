/** The words of what follows a control: Chinese is what is shown, English what stands beside it. */
export const laterWords = {
  later: { zh: '后续措施', en: 'what may follow' },
  mayNot: { zh: '不可', en: 'not possible: ' },
  awaitsApproval: { zh: '待审批', en: 'waits for approval' },
  awaitsAnswer: { zh: '待反馈', en: 'no answer yet' },
  beginSurplus: { zh: '解除超出部分', en: 'Release what exceeds' },
  toControls: { zh: '到控制措施一栏办理解除', en: 'Release something: the controls of the case' },
  standsOn: { zh: '所依据的控制措施', en: 'the control it stands on' },
  heldNow: { zh: '现控制金额', en: 'held now' },
  lastDay: { zh: '现届满日', en: 'last day now' },
  notStated: { zh: '未载明', en: 'not stated' },
  waits: { zh: '轮候中，尚未起算', en: 'waits in the queue: no term runs' },
  payee: { zh: '执行款专户', en: 'account of the case' },
  parentNo: { zh: '原控制文号', en: 'number of the control' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>
