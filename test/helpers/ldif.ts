/** What one entry of a directory holds; several values of a field in a list. */
export type Fields = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** An entry to add, in LDIF (RFC 2849). */
export function added(dn: string, fields: Fields): string {
  return [line('dn', dn), 'changetype: add', ...linesOf(fields), ''].join('\n');
}

/** Fields of an entry to write anew, in LDIF. */
export function replaced(dn: string, fields: Fields): string {
  const changes = Object.entries(fields).flatMap(([name, value]) => [
    `replace: ${name}`,
    ...linesOf({ [name]: value }),
    '-',
  ]);
  return [line('dn', dn), 'changetype: modify', ...changes, ''].join('\n');
}

/** An entry to delete, in LDIF. */
export function deleted(dn: string): string {
  return [line('dn', dn), 'changetype: delete', ''].join('\n');
}

/** A name with everything escaped that a distinguished name may not hold as it is (RFC 4514). */
export function escaped(name: string): string {
  return name.replaceAll(/[,+"\\<>;=#]/g, (character) => `\\${character}`);
}

function linesOf(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => line(name, String(each))));
}

function line(name: string, value: string): string {
  return /^[!-9;=-~][ -~]*$/.test(value) ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}
