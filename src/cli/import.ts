import { importControls } from './import-controls.ts'
import { type Command, failed } from './office.ts'

/** What is brought in at go-live; every one is an entry by `operator`. */
export const importing: Command = {
  usage: 'writ import controls <file.csv|file.xlsx> [--dry-run]',
  says: '导入上线前或纸质办理的控制措施 (controls made before go-live or on paper; docs/import.md)',
  async run(office, [what, ...args], { cwd }) {
    return what === 'controls' ? importControls(office, args, cwd) : failed(`用法 usage: ${importing.usage}`)
  },
}
