/** Public beginnings by which vendors mark their secrets; keeping one tells what it is and gives nothing away. */
const PREFIX =
  /^(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|xapp-|sk-ant-|sk-proj-|sk-|[srp]k_(?:live|test)_|whsec_|AKIA|ASIA|AIza|ya29\.|eyJ|SG\.|npm_|pypi-|dop_v1_|hf_|shp(?:at|ca|pa|ss)_|key-|pat-|secret_|https?:\/\/)/;
const LONG = 20;
const TAIL = 4;

/** Enough of a secret to recognise it, too little to use it: at most the vendor's prefix and the last four. */
export function mask(secret: string): string {
  if (secret.length < LONG) return '••••';
  const prefix = PREFIX.exec(secret)?.[0] ?? '';
  return `${prefix}••••${secret.slice(-TAIL)}`;
}
