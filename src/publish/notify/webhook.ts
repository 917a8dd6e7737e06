import { createHmac } from 'node:crypto';
import { UsageError } from '../../core/errors.ts';
import { SECOND, isoTime, type Instant } from '../../core/time.ts';
import type { Digest } from './message.ts';
import { closing, rest } from './wording.ts';

/** The body of a generic webhook; the shape is the one that https://www.standardwebhooks.com recommends. */
export function webhookBody(digest: Digest): string {
  const { id, channel, at, sections, report } = digest;
  return JSON.stringify({
    type: sections.length === 0 ? 'rollcall.test' : 'rollcall.digest',
    timestamp: isoTime(at),
    data: {
      id,
      channel,
      counts: Object.fromEntries(sections.map(({ what, total }) => [what, total])),
      items: sections.flatMap(({ what, items }) =>
        items.map(({ since, due, ...item }) => ({
          what,
          ...item,
          ...(since !== undefined && { since: isoTime(since) }),
          ...(due !== undefined && { due: isoTime(due) }),
        })),
      ),
      more: Object.fromEntries(
        sections.flatMap((one) => (rest(one) ? [[one.what, one.total - one.items.length]] : [])),
      ),
      next: closing(digest),
      report,
    },
  });
}

/**
 * Headers by which the receiver knows who sent it, when, and whether it has had it before: HMAC-SHA-256 over id, time of
 * this attempt and body. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signed(id: string, body: string, secret: string, at: Instant): { [header: string]: string } {
  const timestamp = Math.floor(at / SECOND);
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}

function keyOf(secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.trim())?.[1];
  const key = Buffer.from(encoded ?? '', 'base64');
  if (key.length >= 24 && key.length <= 64) return key;
  throw new UsageError(
    'the signing secret has to be whsec_ and 24 to 64 bytes in base64; make one: echo "whsec_$(openssl rand -base64 32)"',
  );
}
