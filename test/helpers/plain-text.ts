const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What somebody reads of a page, its lines and columns run together. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<(style|script)>[^]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** One section of the report, as somebody reads it. */
export function sectionOf(html: string, id: string): string {
  return plainText(`<p ${html.split(`<section id="${id}"`)[1]?.split('<section')[0] ?? ''}`);
}
