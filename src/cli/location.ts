import type { Location } from '../core/match.ts';

/** `flows/invoice.json:12 /nodes/3/parameters step "Call API" field X-API-KEY`. */
export function locationText({ path, line, column, pointer, step, field }: Location): string {
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [
    path === undefined ? '' : `${path}${position}`,
    pointer ?? '',
    step === undefined ? '' : `step "${step}"`,
    field === undefined ? '' : `field ${field}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
