import type { z } from 'zod';
import type { FailureKind, SourceError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { Instant } from '../core/time.ts';

/** One read of a platform's interface: what it is called, and the fields of its answer that we keep. */
export interface Operation<S extends z.ZodType = z.ZodType> {
  /**
   * `GET /orgs/{org}/installations`. A `POST` is a read by declaration: a search, a query. Where one address serves
   * every call, the header or form field that tells this one apart: `POST / x-amz-target:ssm.List`, `POST / Action=List`.
   */
  route: string;
  /** Only what is read; everything else is dropped. */
  answer: S;
  /** Name of the origin that serves it; `api` where it is left out. Origins named `iam/…` serve what is declared for `iam`. */
  origin?: string;
  /** What a status means here, where the common table would misread it: a plan without this surface, for instance. */
  means?: { readonly [status: number]: FailureKind };
  /** How the body is read; `json` where it is left out. `lines` is one JSON value a line. */
  body?: 'json' | 'text' | 'lines';
  /** Asked without proving who asks: what would anybody get? */
  anonymous?: true;
}

/** Declares an operation; the type of its answer follows from the schema. */
export function operation<S extends z.ZodType>(
  route: string,
  answer: S,
  more: Omit<Operation<S>, 'route' | 'answer'> = {},
): Operation<S> {
  return { route, answer, ...more };
}

type QueryValue = string | number | boolean | undefined | readonly (string | number)[];

/** What one request fills into its operation. */
export interface Ask {
  /** Values for the `{names}` of the route. */
  params?: { readonly [name: string]: string | number };
  query?: { readonly [name: string]: QueryValue };
  headers?: { readonly [name: string]: string };
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: { readonly [name: string]: string };
}

export interface Answer<T> {
  body: T;
  status: number;
  headers: Headers;
  /** Origin that answered; left out where a vendor's own library asked. */
  origin?: string;
}

/**
 * The one way to a platform. Reads declared operations of declared origins only, with timeouts, a size limit, the
 * platform's rate limits and retries. Throws `SourceError`; its message names the operation, never the answer.
 */
export interface Http {
  read<S extends z.ZodType>(operation: Operation<S>, ask?: Ask): Promise<Answer<z.output<S>>>;
  /** The same guard and limits as a plain `fetch`, for a vendor's own client library. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

/** How requests prove who asks. Secrets stay `Secret` until the header is written. */
export type RequestAuthentication =
  | { type: 'none' }
  /** `Authorization: Bearer …`, or another header and prefix. */
  | { type: 'token'; token: Secret; header?: string; prefix?: string }
  | { type: 'basic'; username: string | Secret; password: string | Secret }
  | ({ type: 'client-credentials'; scope?: string; parameters?: { readonly [name: string]: string } } & TokenClient)
  | ({ type: 'refresh-token'; refreshToken: Secret; scope?: string } & TokenClient)
  /** Name and password are exchanged for a token (RFC 6749 §4.3), where a platform has nothing better. */
  | ({ type: 'password'; username: string; password: Secret; scope?: string } & TokenClient)
  /** A signed statement is exchanged for a token (RFC 7523 §2.1). */
  | ({
      type: 'jwt-bearer';
      key: Secret;
      algorithm: SigningAlgorithm;
      keyId?: string;
      claims: JwtClaims;
    } & TokenEndpoint)
  /** The vendor's own library fetches a token that runs out, over the connection that it is given. */
  | { type: 'minted'; mint(send: typeof fetch): Promise<MintedToken> }
  /** The vendor's own library adds it. */
  | { type: 'own' };

export interface MintedToken {
  token: Secret;
  expiresAt: Instant;
}

export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256';
export interface JwtClaims {
  iss: string;
  sub: string;
  aud: string;
  scope?: string;
}
interface TokenEndpoint {
  tokenUrl: string;
}
interface TokenClient extends TokenEndpoint {
  clientId: string;
  client:
    | { secret: Secret; in?: 'header' | 'body' }
    /** RFC 7523 §2.2, `private_key_jwt`. */
    | { key: Secret; algorithm: SigningAlgorithm; keyId?: string; certificateThumbprint?: string }
    | 'public';
}

/** A platform's published limit; a request counts against the first that matches. */
export interface RateLimit {
  /** Start of the path; everything where it is left out. */
  match?: string;
  /** Name of the origin, as operations have it; every one where it is left out. */
  origin?: string;
  requests: number;
  /** For so many milliseconds. */
  per: number;
  concurrency?: number;
  /** Stop when the platform says that no more than this many are left: they are the customer's. */
  keepFree?: number;
}

/** Status, headers and parsed body of an answer that is about to be judged. */
export interface Judged {
  status: number;
  headers: Headers;
  body: unknown;
}

/** How a platform is reached. */
export interface Remote<Config> {
  /** Base addresses by name. Credentials are sent to these and nowhere else. */
  origins(config: Config): { readonly api: string; readonly [name: string]: string };
  authenticate(config: Config): RequestAuthentication;
  limits: readonly RateLimit[];
  headers?: { readonly [name: string]: string };
  /**
   * For a platform that penalises the same request again: milliseconds that have to pass before it. A request that
   * fails is then not sent again sooner, unless the platform itself says when; and not at all when that is too long to wait.
   */
  repeatAfter?(config: Config): number;
  /** Judges an answer that the common table would misread, such as `200 {ok: false}`. */
  classify?(answer: Judged): SourceError | undefined;
  /**
   * Base addresses that only the platform knows, asked for once before anything else; each has to be a host of
   * `locatedHosts`.
   */
  locate?(config: Config, http: Http): Promise<{ readonly [name: string]: string }>;
  locatedHosts?: readonly RegExp[];
  /** What `probe` and `locate` ask. */
  operations: readonly Operation[];
}

/** A way to nowhere, for sources that are no platform. */
export const noHttp: Http = {
  read: ({ route }) => Promise.reject(new Error(`this source has no way to ask ${route}`)),
  fetch: (url) => Promise.reject(new Error(`this source has no way to ask ${new URL(url).host}`)),
};
