const telling =
  /^cookie$|authori[sz]ation|auth(?!or)|(?:api|access|subscription|functions)[-_]?key|token|secret|password/i;

/** Does a header of this name tell the other side who calls? Azure alone has three names for a key. */
export function provesCaller(header: string): boolean {
  return telling.test(header);
}
