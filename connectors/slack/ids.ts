import type { Credential } from '../../src/sdk/index.ts';

const APP = 'app/';
const AUTHORISATION = 'Authorisation of ';

/** Where an app stands on the roll: once, in however many workspaces it is. */
export const appRecord = (app: string): string => `${APP}${app}`;

/** Slack's own id of an app; undefined for other identities. */
export function appOf(record: string): string | undefined {
  return record.startsWith(APP) ? record.slice(APP.length) : undefined;
}

/** What one workspace gave an app. */
export const grantRecord = (team: string, app: string) => `grant/${team}/${app}`;
export const grantName = (app: string): string => `${AUTHORISATION}${app}`;

/** The app that a stored authorisation belongs to, with its name; undefined for other credentials. */
export function grantedApp({ id, name }: Pick<Credential, 'id' | 'name'>): { id: string; name: string } | undefined {
  const [, app] = /^grant\/[^/]+\/(.+)$/.exec(id) ?? [];
  return app === undefined ? undefined : { id: app, name: name.slice(AUTHORISATION.length) };
}
