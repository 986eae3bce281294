/**
 * A sum as people write it and as every page shows it, `1,560,000.00` or `１５６００００元`, as the plain text that is read as
 * money. Commas that part no thousands are left where they are, for they may be a slip.
 */
export function typedMoney(text: string): string {
  const typed = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^[¥￥]/, '')
    .replace(/元$/, '')
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(typed)) return typed.replaceAll(',', '')
  return /^\d+(?:\.\d+)?$/.test(typed) ? typed : text
}
