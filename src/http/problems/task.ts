import { problemsOf } from './entry.ts'

/** What has to be done by hand, and what came in on paper. */
export const taskProblems = problemsOf('task', {
  'task-unknown': [404, 'officer', '没有该事项', 'There is no such task', '核对事项编号', 'Check the id of the task'],
  'task-ended': [
    409,
    'officer',
    '该事项已经办结',
    'The task has ended already',
    '查看其办理情况；需要更正的另行说明',
    'Look at how it ended; a correction is a note of its own',
  ],
  'extension-not-prepared': [
    409,
    'officer',
    '该事项没有可以备好的续行请求',
    'There is no extension to prepare for this task',
    '仅续行提示事项备有续行请求；控制措施系导入或者已变更的，自行提交续行请求',
    'Only a reminder has one; for a control that was imported, write the extension yourself',
  ],
  'owner-not-on-case': [
    422,
    'officer',
    '拟移交的人员未承办该案',
    'Whoever is to take it over is not on the case',
    '移交给承办该案的人员，或先变更承办',
    'Name somebody on the case, or have the case assigned to them first',
  ],
  'incoming-in-future': [
    422,
    'officer',
    '收到时间晚于现在',
    'It cannot have been received later than now',
    '填写法院实际收到的时间',
    'Write when the court really had it',
  ],
  'incoming-recorded': [
    409,
    'officer',
    '该来件已经登记',
    'This paper has been recorded',
    '查看已有事项，无须重复登记',
    'Look at the task that is there',
  ],
  'control-not-running': [
    409,
    'officer',
    '没有该控制措施，或者其期限没有起算、已经届满',
    'There is no such control, or its term does not run: it waits, or it has ended',
    '核对控制措施；已届满的重新提交查封、冻结',
    'Check the control; one that has ended is made anew, at the end of the queue',
  ],
  'incoming-not-preservation': [
    422,
    'officer',
    '本案不是保全案件，解除按查扣冻规定第二十八条办理',
    'The case is no preservation: what it holds is lifted by a release, on a ground',
    '提交解除请求，并写明解除事由',
    'Submit a release with its ground',
  ],
})
