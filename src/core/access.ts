import type { PersonHint } from './attribution.ts';
import type { Instant } from './time.ts';

export type Reach = 'private' | 'some' | 'everyone' | 'public';
/** Who else can use it: `everyone` is the whole organisation, `public` the whole world. */
export interface Audience {
  reach: Reach;
  count?: number;
  /** Accounts and organisations other than its own that are among them; empty when it is known that none are. */
  outsiders?: readonly string[];
}

/** Of how many of the things in question: one, a chosen selection, or all there are and will be. */
export type Extent = 'one' | 'some' | 'all';

/** Who agreed: each person for themselves, an administrator for everybody, or nobody. */
export type Consent = 'individual' | 'admin' | 'none';

/** One rule by which an outside issuer's tokens are taken for this identity. */
export interface Trust {
  type: 'oidc' | 'saml' | 'account';
  /** Host and path of the issuer, or the id of the trusted account; `*` for anybody. */
  issuer: string;
  /** Patterns that a token's subject must match, with `*` for anything; empty when any subject will do. */
  subjects?: readonly string[];
  /** Accepted audiences; empty when any will do. */
  audiences?: readonly string[];
  /** Another condition narrows it to a known tenant, organisation, repository or caller; false when none does. */
  narrowed?: boolean;
}

/** Which of its scopes it was seen to use in the time since; the rest was granted and not used. */
export interface Usage {
  scopes: readonly string[];
  since: Instant;
}

/** What a key is made of, in the platform's words: `RSA`, 2048, `sha256WithRSAEncryption`. */
export interface KeyMaterial {
  algorithm: string;
  bits?: number;
  /** Algorithm with which a certificate is signed. */
  signature?: string;
  /** Public fingerprint of the key or certificate: equal keys have equal thumbprints. */
  thumbprint?: string;
}

/** Somebody who looks for leaked secrets found this one. */
export interface Leak {
  /** Who says so: a provider's name or the name of a list. */
  by: string;
  /** Where it can be read: by the whole world, or inside the organisation. */
  where?: 'public' | 'inside';
  at?: Instant;
}

/** Something that an AI agent can call. */
export interface Tool {
  name: string;
  /** The worst that it does to the world; `destroy` is a change that cannot be taken back. */
  effect: 'read' | 'write' | 'destroy' | 'unknown';
  /** Whether a person says yes to each call. */
  approval: 'required' | 'none' | 'unknown';
}

/** One person's standing permission to act for another. */
export interface Delegation {
  /** Who may act. */
  to: PersonHint;
  may: readonly ('view' | 'prepare' | 'send' | 'sign' | 'manage')[];
}

/** Whether runs and changes are recorded, and for how long. */
export interface Logging {
  runs: 'on' | 'off' | 'errors-only';
  retentionDays?: number;
}

/** What stands between a change and an environment, or a branch that automations run from. */
export interface Protection {
  /** How many people, or teams, have to agree; 0 when nobody has to. */
  reviewers: number;
  /** Whoever asks for a deployment may approve it too. */
  selfReview?: boolean;
  /** Who need not wait for anybody. */
  exempt?: 'nobody' | 'administrators' | 'some';
  /** Which branches may deploy. */
  branches?: 'protected' | 'selected' | 'all';
}
