/** An element's attributes and what stands between its tags; nothing is resolved, so nothing can expand. */
export interface XmlElement {
  attributes: ReadonlyMap<string, string>;
  inner: string;
}

/** What an element that holds no others says. */
export const textIn = ({ inner }: XmlElement): string => decoded(inner);

const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Elements of a name, outermost only, in flat and machine-written XML such as that of solutions and workbooks. Names are compared without
 * case; comments are dropped; a document type, and with it every entity of its own, is never read.
 */
export function elements(xml: string, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const tag = new RegExp(`<(/?)${name}(?=[\\s/>])([^<>]*)>`, 'gi');
  let depth = 0;
  let start = 0;
  let attributes = '';
  for (const match of xml.matchAll(tag)) {
    const [whole, closing, rest = ''] = match;
    if (closing === '/') {
      if (depth === 1) found.push({ attributes: attributesOf(attributes), inner: xml.slice(start, match.index) });
      depth = Math.max(0, depth - 1);
    } else if (rest.endsWith('/')) {
      if (depth === 0) found.push({ attributes: attributesOf(rest), inner: '' });
    } else if (depth++ === 0) {
      start = match.index + whole.length;
      attributes = rest;
    }
  }
  return found;
}

/** The text of the first element of a name; undefined when it is absent or empty. */
export function elementText(xml: string, name: string): string | undefined {
  const inner = elements(xml, name)[0]?.inner ?? '';
  return inner.includes('<') ? undefined : decoded(inner).trim() || undefined;
}

/** The text without comments. */
export function withoutComments(xml: string): string {
  return xml.replace(/<!--[^]*?(?:-->|$)/g, '');
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return new Map(pairs.map(([, name = '', double, single]) => [name.toLowerCase(), decoded(double ?? single ?? '')]));
}

function decoded(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
