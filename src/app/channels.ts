import type { Config } from '../config/config.ts';
import { UsageError } from '../core/errors.ts';
import { channelSchema, type Channel } from '../publish/notify/channel.ts';

/** The configured channels. Throws `UsageError` for what is wrong with one, and for an address that looks like a secret. */
export function channelsOf({ notify }: Config, redact: (text: string) => string): Channel[] {
  const seen = new Set<string>();
  return notify.map(({ settings, explain }) => {
    const refuse = (key: string, message: string): never => {
      throw new UsageError(explain({ code: 'custom', path: [key], message, input: undefined }));
    };
    const parsed = channelSchema.safeParse(settings);
    if (!parsed.success) throw new UsageError(parsed.error.issues.map(explain).join('\n'));
    if (seen.has(settings.id)) refuse('id', 'another channel has this id');
    seen.add(settings.id);
    const { url } = settings;
    if (typeof url === 'string' && redact(url) !== url) refuse('url', 'this looks like a secret; give it by reference');
    return parsed.data;
  });
}
