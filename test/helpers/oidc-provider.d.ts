/** The part of oidc-provider that tests use; it ships no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface ClientCredentials {
    aud: string | readonly string[];
    clientId: string;
    scope?: string;
  }
  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: 'grant.success', listener: () => void): this;
    readonly ClientCredentials: { find(token: string): Promise<ClientCredentials | undefined> };
  }
}
