import type { Evidence } from '../core/finding.ts';
import { locationText } from './location.ts';

/** `header: X-API-KEY (n8n:main)  [flows/invoice.json:12]`. */
export function evidenceText({ fact, value, at, source }: Evidence): string {
  const where = at === undefined ? '' : `  [${locationText(at)}]`;
  const from = source === undefined ? '' : ` (${source})`;
  return `${fact}: ${value ?? 'not reported'}${from}${where}`;
}
