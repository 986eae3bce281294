/**
 * The header under which a file of ours is saved, by a name in any script (RFC 6266, RFC 8187); a browser that does not know
 * the second form takes the first. A name bears no name of a person: it stands in lists of downloads that anybody sees.
 */
export function attachment(name: string): string {
  const fit = name.replace(unfit, '、')
  const plain = fit.normalize('NFKC').replace(/[^ -~]+/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded(fit)}`
}

/** What no file may be called by on some desktop. */
export const unfit = /[\\/:*?"<>|\p{Cc}]/gu

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*!]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/ofd': 'ofd',
}

/** How the name of a file of this kind ends. */
export const endingOf = (mediaType: string): string => endings[mediaType] ?? 'bin'
