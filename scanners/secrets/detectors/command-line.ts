import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { classify } from '../values.ts';

/** Passwords that are handed to a program by its command line: https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html */
export const commandLine: readonly Detector[] = [
  defineDetector({
    id: 'command-line-password',
    title: 'Password on a command line',
    type: 'password',
    confidence: 'medium',
    keywords: ['sshpass', 'mysql'],
    pattern:
      /\b(?:sshpass[^\S\n]{1,4}-p[^\S\n]{0,4}["']?|mysql(?:dump|admin|import)?[^\S\n][^\n|;&]{0,120}?(?<=\s)-p["']?)(?<secret>[^\s"'`$<{%][^\s"'`]{4,80})/g,
    span: 260,
    prove: (secret) => classify(secret) === 'literal' && /\d.*[a-z]|[a-z].*\d/i.test(secret) && {},
    examples: {
      finds: [
        (sample) => sampled("sshpass -p '", `${sample.alnum(11)}7`, "' ssh root@db.acme.example"),
        (sample) => sampled('mysqldump -u root -p', `${sample.alnum(11)}7`, ' shop'),
      ],
      ignores: [
        'sshpass -p "$PASSWORD" ssh db.acme.example',
        'mysql -u root -p shop',
        'mysql -h db -p${PASSWORD} shop',
        'docker run mysql:8 -p3306:3306',
        'mysql -print-defaults -pthread',
      ],
    },
  }),
];
