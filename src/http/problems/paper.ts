import { problemsOf } from './entry.ts'

/** The electronic seals of papers, and their comparison with what is asked. */
export const paperProblems = problemsOf('case', {
  'document-seal-missing': [
    422,
    'officer',
    '文书没有电子签章',
    'The document bears no electronic seal',
    '从电子签章系统导出盖章后的文书重新上传并引用',
    'Upload the sealed document of the court’s seal system, and name that one',
  ],
  'document-seal-broken': [
    422,
    'officer',
    '文书的电子签章无效，内容与盖章时不一致或签章已损坏',
    'The seal of the document does not hold: its content or the seal itself was altered',
    '不得使用该文件；从电子签章系统重新导出，并查明文件来源',
    'Do not use this file; export it again from the seal system, and find out where it came from',
  ],
  'document-changed-after-sealing': [
    422,
    'officer',
    '文书在盖章后又有改动',
    'The document was changed after it was sealed',
    '使用盖章时的原文件；批注、合并、另存都会改动文件',
    'Use the file as it was sealed; notes, merging and saving it anew change it',
  ],
  'document-seal-untrusted': [
    422,
    'operator',
    '文书签章证书不由本院信任的证书机构签发',
    'No configured CA vouches for the certificate of the seal',
    '核对签章单位；确属本院签章的，由运维人员配置 WRIT_SEAL_CA',
    'Check who sealed it; if it is the court’s own seal, have its CA configured in WRIT_SEAL_CA',
  ],
  'document-seal-expired': [
    422,
    'officer',
    '文书签章时或收到时，签章证书不在有效期内',
    'The certificate of the seal was not valid when it was sealed or when it came',
    '由签章系统更新证书后重新盖章',
    'Have the seal system renew its certificate, and seal the document again',
  ],
  'seal-format-unsupported': [
    422,
    'officer',
    '该格式文书的电子签章暂不支持验证',
    'The seal of a document in this format cannot be verified here',
    '导出为带电子签章的 PDF 后上传；OFD 暂不支持',
    'Export it as a sealed PDF and upload that; OFD is not read yet',
  ],
  'approval-fields-unconfirmed': [
    422,
    'approver',
    '审批人尚未逐项核对请求与文书',
    'The approver has not confirmed every field against the documents',
    '对照文书逐项核对，在 confirmed 中列明；缺少的见 detail.missing',
    'Compare each field with the documents and list it in confirmed; detail.missing names those left out',
  ],
})
