/** What can be told about a private key in PEM armour without using it. */
interface PemKey {
  encrypted: boolean;
  ssh: boolean;
}

const armour = /-----BEGIN ([A-Z0-9 ]{0,40}?)PRIVATE KEY(?: BLOCK)?-----([^]*?)-----END/;

/** Reads a PEM private key; undefined when the armour holds no key (an example, a cut-off or an elided body). */
export function readPem(block: string): PemKey | undefined {
  const [, kind, rawBody] = armour.exec(block) ?? [];
  if (kind === undefined || rawBody === undefined) return undefined;
  const text = unescapeNewlines(rawBody);
  const base64 = text
    .split('\n')
    .filter((line) => !line.includes(':'))
    .map(unquoted)
    .join('');
  if (!/^[A-Za-z0-9+/]{60,}={0,2}/.test(base64)) return undefined;
  const bytes = Buffer.from(base64.replaceAll('=', ''), 'base64');
  if (kind.startsWith('PGP')) return { encrypted: false, ssh: false };
  const header = text.includes('ENCRYPTED') || kind.includes('ENCRYPTED');
  if (bytes.toString('latin1', 0, 14) === 'openssh-key-v1') {
    // The cipher's name follows the magic, its NUL and a four-byte length.
    return { encrypted: header || bytes.toString('latin1', 19, 23) !== 'none', ssh: true };
  }
  // Every DER key is a SEQUENCE; an old-style encrypted body ("Proc-Type: 4,ENCRYPTED") is cipher text.
  if (!header && bytes[0] !== 0x30) return undefined;
  return { encrypted: header, ssh: false };
}

/** A line of a key that code puts together: `+ "MIIE…" +`, `'MIIE…',` or `MIIE… \\`. Plus signs in the body are its own. */
function unquoted(line: string): string {
  const bare = line.replaceAll(/\s+/g, '');
  const inside = /^[+,.]?["'`](.*?)(?:["'`][+,;.)]?)?\\?$/.exec(bare)?.[1] ?? bare.replace(/["'`][+,;.)]?\\?$|\\$/, '');
  return /^[+,.]?$/.test(inside) ? '' : inside;
}

/** A key reads the same whether its line ends were written out or escaped for JSON. */
export function unescapeNewlines(text: string): string {
  return text.replaceAll(/\\{1,8}r\\{1,8}n|\\{1,8}n|\r\n/g, '\n');
}
