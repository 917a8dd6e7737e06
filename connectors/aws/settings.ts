import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { Place } from './config.ts';
import type { through } from './request-handler.ts';

export type Credentials = NonNullable<STSClientConfig['credentials']>;

/** What every client is opened with. */
export type Settings = Pick<STSClientConfig, 'maxAttempts' | 'useFipsEndpoint' | 'useDualstackEndpoint'> &
  Place & { credentials: Credentials; requestHandler: ReturnType<typeof through> };
