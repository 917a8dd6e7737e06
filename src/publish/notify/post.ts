import { SECOND } from '../../core/time.ts';

/** What became of a message: it is there, or one sentence says why not, without quoting anything. */
export type Sent =
  | { done: true; /** Some of several addresses were not reached, and why. */ but?: string }
  | { done: false; because: string; /** Others may still be reached. */ alone?: true };

/** One request; only status and headers of the answer are looked at. Rejects when nobody answers. */
export type Request = (
  url: string,
  init: { headers: { [header: string]: string }; body: string },
) => Promise<{ status: number; headers: Headers }>;

export interface PostPorts {
  request: Request;
  wait(ms: number): Promise<void>;
  /** Nobody has time to try again. */
  stopped(): boolean;
  /** 0 to 1. */
  random(): number;
}

/** Pauses before the second and the third attempt. What fails for longer is told after the next scan. */
const pauses = [SECOND, 5 * SECOND];
const LONGEST_PAUSE = 30 * SECOND;

/** Posts JSON; tries again where that may help. `headers` is asked before each attempt, because it holds the time. */
export async function post(
  url: string,
  body: string,
  headers: () => { [header: string]: string },
  { request, wait, random, stopped }: PostPorts,
): Promise<Sent> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await request(url, { headers: { 'content-type': 'application/json', ...headers() }, body }).catch(
      (problem: unknown) => ({ status: undefined, problem }),
    );
    if (answer.status !== undefined && answer.status >= 200 && answer.status < 300) return { done: true };
    const pause = pauses[attempt];
    if (pause === undefined || !isPassing(answer.status) || stopped()) {
      return { done: false, because: answer.status === undefined ? noAnswer(answer.problem) : refusal(answer.status) };
    }
    const asked = answer.status === undefined ? undefined : retryAfter(answer.headers);
    await wait(Math.min(asked ?? pause * (0.5 + random()), LONGEST_PAUSE));
  }
}

function isPassing(status: number | undefined): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/** Seconds; a date is as good as none, because the receiver's clock is not ours. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = /^\d{1,6}$/.exec(headers.get('retry-after') ?? '')?.[0];
  return seconds === undefined ? undefined : Number(seconds) * SECOND;
}

function refusal(status: number): string {
  if (status === 410) return 'the receiver wants nothing more (410): take the channel out, or give a new address';
  if (status >= 300 && status < 400) return `the receiver is somewhere else (${status}): give the address it moved to`;
  if (status === 404) return 'nobody receives at that address (404): make a new one';
  if (status === 401 || status === 403) return `the receiver refuses (${status}): check the address and the secret`;
  if (isPassing(status)) return `the receiver is in trouble (${status})`;
  return `the receiver does not take the message (${status})`;
}

/** A code such as `ECONNREFUSED`; a message could quote the address. */
function noAnswer(problem: unknown): string {
  const { cause = problem } = problem as { cause?: unknown };
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown };
  if (name === 'TimeoutError') return 'the receiver did not answer in time';
  return `the receiver cannot be reached (${typeof code === 'string' ? code : 'no reason is known'}); check address, proxy and network`;
}
