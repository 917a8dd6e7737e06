import { SourceError, UsageError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import { SecretReference } from '../../sdk/secret-reference.ts';
import { troubleWith } from './address.ts';
import type { Channel } from './channel.ts';
import type { Digest } from './message.ts';
import { emailParts } from './email.ts';
import type { SendMail } from './mail.ts';
import { post, type PostPorts, type Sent } from './post.ts';
import { CHANNEL } from './recipient.ts';
import { slackMessage } from './slack.ts';
import { signed, webhookBody } from './webhook.ts';

/** Brings a message to its recipient. Never rejects. */
export type Deliver = (channel: Channel, digest: Digest) => Promise<Sent>;

export interface DeliveryPorts extends PostPorts {
  clock: Clock;
  sendMail: SendMail;
  /** Reads a secret from its place; what it throws names the place. */
  readSecret(reference: SecretReference): Promise<Secret>;
}

/** Delivers over the network, with secrets that are read at the last moment. */
export function deliverer(ports: DeliveryPorts): Deliver {
  const reveal = async (secret: Secret): Promise<string> =>
    (secret instanceof SecretReference ? await ports.readSecret(secret) : secret).reveal();
  return async (channel, digest) => {
    try {
      return await bring(channel, digest, ports, reveal);
    } catch (problem) {
      if (problem instanceof UsageError || problem instanceof SourceError) {
        return { done: false, because: problem.message };
      }
      return {
        done: false,
        because: `of a fault in this program (${problem instanceof Error ? problem.name : 'unknown'})`,
      };
    }
  };
}

async function bring(
  channel: Channel,
  digest: Digest,
  ports: DeliveryPorts,
  reveal: (secret: Secret) => Promise<string>,
): Promise<Sent> {
  switch (channel.type) {
    case 'slack': {
      const url = checked(await reveal(channel.url));
      return post(url, JSON.stringify(slackMessage(digest)), () => ({}), ports);
    }
    case 'webhook': {
      const url = checked(await reveal(channel.url));
      const secret = await reveal(channel.secret);
      const body = webhookBody(digest);
      return post(url, body, () => signed(digest.id, body, secret, ports.clock()), ports);
    }
    case 'email': {
      const password = channel.smtp.password && (await reveal(channel.smtp.password));
      const to = digest.recipient === CHANNEL ? channel.addresses : [digest.recipient];
      return ports.sendMail(channel, password, { id: digest.id, to, at: digest.at, ...emailParts(digest) });
    }
  }
}

/** An address that was kept as a secret is known only now. */
function checked(address: string): string {
  const url = address.trim();
  const trouble = troubleWith(url);
  if (trouble !== undefined) throw new UsageError(`the address ${trouble}`);
  return url;
}
