import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programAt } from './servers.ts';

const openssl = programAt('openssl', '/usr/bin');
export const hasOpenssl = openssl !== undefined;

/** A certificate and its key: PEM files, and what they hold. */
export interface Certified {
  certificate: string;
  key: string;
  pem: { cert: string; key: string };
}

export interface Authority {
  folder: string;
  /** The certificate that everybody has to trust: a PEM file. */
  ca: string;
  /** Signs a certificate for these names, such as `IP:127.0.0.1` and `DNS:platform.example`. */
  issue(name: string, options?: { names?: readonly string[]; expired?: true; signs?: 'itself' }): Certified;
  remove(): void;
}

/** A private authority in a temporary folder of its own. */
export function authority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  const file = (name: string): string => join(folder, name);
  const run = (line: string): unknown => execFileSync(openssl ?? '', line.split(' '), { cwd: folder, stdio: 'pipe' });
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  run(`req -x509 ${newKey} -days 2 -subj /CN=authority -keyout ca.key -out ca.pem`);
  return {
    folder,
    ca: file('ca.pem'),
    issue: (name, { names = ['IP:127.0.0.1'], expired, signs } = {}) => {
      writeFileSync(file(`${name}.ext`), `subjectAltName=${names.join(',')}\n`);
      run(`req -new ${newKey} -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`);
      const signer = signs === 'itself' ? `-signkey ${name}.key` : '-CA ca.pem -CAkey ca.key -CAcreateserial';
      // The command cannot name a day: what ends before it begins has expired too.
      const days = expired === true ? '-days -1' : '-days 2';
      run(`x509 -req -in ${name}.csr ${signer} ${days} -extfile ${name}.ext -out ${name}.pem`);
      const [certificate, key] = [file(`${name}.pem`), file(`${name}.key`)];
      return { certificate, key, pem: { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') } };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
