/** A name with a surname, an address, or a login: what can only be one person. */
const ONE =
  /^(?:\p{Lu}[\p{L}'’.-]*(?: (?:\p{Ll}{1,3} )*\p{Lu}[\p{L}'’.-]*)+|(?:[^<>@]*<)?[^\s@<>]+@[^\s@<>]+>?|@\S+)$/u;

/**
 * Everybody whom a cell names: `Ada Lovelace; Bob Byron`. Weaker signs part people only where each part is one for
 * sure, for `Lovelace, Ada` is one person and `Sales / Marketing` one team.
 */
export function personsIn(cell: string): string[] {
  return cell.split(/[;|\n]/).flatMap((part) => {
    const each = part.split(/[,/&+]| (?:and|und|et) /).map((one) => one.trim());
    return each.every((one) => ONE.test(one)) ? each : part.trim();
  });
}
