import { SECOND, type Instant } from '../../core/time.ts';
import type { EmailChannel } from './channel.ts';
import type { Sent } from './post.ts';

export interface Mail {
  id: string;
  to: readonly string[];
  at: Instant;
  subject: string;
  text: string;
  html: string;
}

/** Hands one mail to a server. Never rejects. */
export type SendMail = (channel: EmailChannel, password: string | undefined, mail: Mail) => Promise<Sent>;

const TIMEOUT = 30 * SECOND;

/** Sends over SMTP, encrypted unless the server is on this machine. */
export const sendMail: SendMail = async ({ smtp, from }, password, mail) => {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.encryption === 'tls',
    requireTLS: smtp.encryption === 'starttls',
    ignoreTLS: smtp.encryption === 'none',
    ...(smtp.user !== undefined && { auth: { user: smtp.user, pass: password ?? '' } }),
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { rejected, rejectedErrors } = await transport.sendMail({
      from,
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      date: new Date(mail.at),
      messageId: `<${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      // Nobody's absence note should answer: https://www.rfc-editor.org/rfc/rfc3834#section-5
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    if (rejected.length === 0) return { done: true };
    const [status] = (rejectedErrors ?? []).flatMap(({ responseCode }) => responseCode ?? []);
    const code = status === undefined ? '' : ` (${status})`;
    return { done: true, but: `the mail server refuses ${rejected.length} of its ${mail.to.length} addresses${code}` };
  } catch (problem) {
    return failed(problem);
  } finally {
    transport.close();
  }
};

/** By its code alone: the server's answer could quote anything. */
function failed(problem: unknown): Sent {
  const { code, responseCode } = problem as { code?: unknown; responseCode?: unknown };
  const status = typeof responseCode === 'number' ? `, ${responseCode}` : '';
  const known = typeof code === 'string' ? code : 'no reason is known';
  if (code === 'EAUTH')
    return { done: false, because: `the mail server does not accept user and password (${known}${status})` };
  if (code === 'ETLS')
    return { done: false, because: 'the mail server offers no encryption that can be trusted (ETLS)' };
  if (code === 'EENVELOPE') {
    return { done: false, because: `the mail server refuses sender or recipient (${known}${status})`, alone: true };
  }
  if (code === 'EMESSAGE')
    return { done: false, because: `the mail server refuses the message (${known}${status})`, alone: true };
  return {
    done: false,
    because: `the mail server cannot be reached (${known}${status}); check host, port and encryption`,
  };
}
