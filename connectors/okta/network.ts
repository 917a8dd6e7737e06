import type { UsableFrom } from '../../src/formats/okta/api-token.ts';
import { fitting, ifAllowed, operation } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { listedBySize } from './lists.ts';
import { Zones, type Network } from './schema.ts';

export const listZones = operation('GET /api/v1/zones', Zones);

/**
 * Tells from where a token or an app may be used. It asks for the network zones once, and only if one is bound to any:
 * a zone that lets every address in restricts nothing.
 */
export function reachOf(ctx: Context): (network: Network) => Promise<UsableFrom> {
  let zones: Promise<ReadonlySet<string> | undefined> | undefined;
  return async (network) => {
    const { connection, include } = network ?? {};
    if (!connection) return { gap: 'not-seen' };
    // A list of zones that are kept out leaves the rest of the world.
    if (connection === 'ANYWHERE' || !include || include.length === 0) return { usableFrom: 'anywhere' };
    zones ??= openZones(ctx);
    const open = await zones;
    if (open === undefined) return { gap: 'denied' };
    const isOpen = include.includes('ALL_IP_ZONES') ? open.size > 0 : include.some((zone) => open.has(zone));
    return { usableFrom: isOpen ? 'anywhere' : 'restricted' };
  };
}

/** Ids of the zones that hold every address; undefined where they may not be read. */
async function openZones(ctx: Context): Promise<ReadonlySet<string> | undefined> {
  return ifAllowed(ctx, 'network zones', async () => {
    const open = new Set<string>();
    for await (const page of listedBySize({ ...ctx, resume: undefined }, listZones))
      for (const { id, gateways } of fitting(ctx, page.elements))
        if (gateways?.some(({ value }) => isEverything(value ?? ''))) open.add(id);
    return open;
  });
}

/** `0.0.0.0/0`, one of its two halves, or a range from end to end. */
function isEverything(addresses: string): boolean {
  return /\/[01]$/.test(addresses) || /^(?:0\.|::).*-(?:255\.255\.|ffff:)/i.test(addresses);
}
