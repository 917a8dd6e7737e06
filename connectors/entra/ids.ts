import { link, publicName, type AnyRecord, type Link } from '../../src/sdk/index.ts';

export const APPLICATION = 'application/';
export const PRINCIPAL = 'service-principal/';
export const GRANT = 'grant/';

/** What people and other systems know an app by; Graph's own ids are those of objects. */
export function clientIdTag(appId: string): string {
  return `client-id:${appId}`;
}

/** The client id that a stored record was tagged with. */
export function clientIdOf({ tags }: AnyRecord): string | undefined {
  return tags?.find((tag) => tag.startsWith('client-id:'))?.slice('client-id:'.length);
}

export function inTenant(tenant: string): Link {
  return link('contained-in', 'container', tenant);
}

/** The name that pipelines, connectors and inventories write down: an application and its principals share it. */
export function knownAs(appId: string | null | undefined): readonly string[] | undefined {
  return appId ? [publicName('entra-app', appId)] : undefined;
}
