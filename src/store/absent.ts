/** A row as the ports want it: a column that is null is a member that is not there. */
export type Present<Row> = {
  [Name in keyof Row as null extends Row[Name] ? never : Name]: Row[Name]
} & { [Name in keyof Row as null extends Row[Name] ? Name : never]?: Exclude<Row[Name], null> }

export function present<Row extends object>(row: Row): Present<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<Row>
}

/** Whether a text can be the id of a row. What comes from an address may be anything; a query with it would fail. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
