import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { classify } from '../values.ts';

/** Passwords inside URLs and connection strings. */
export const urlCredentials: readonly Detector[] = [
  defineDetector({
    id: 'url-credentials',
    title: 'Password in a URL',
    type: 'password',
    confidence: 'medium',
    keywords: ['://'],
    pattern: /(?<=[a-z][a-z0-9+.-]{1,24}):\/\/[^\s:@/"'`<>\\]{0,80}:(?<secret>[^\s:@/"'`<>\\?#]{3,200})@[\w[]/gi,
    span: 330,
    prove: (secret) => classify(secret) === 'literal' && !/^\[|^:|^\d{1,5}$/.test(secret) && {},
    examples: {
      finds: [
        (sample) => sampled('postgres://app:', `${sample.alnum(14)}7`, '@db.acme.example:5432/app'),
        (sample) => sampled('https://robot:', `${sample.alnum(14)}7`, '@api.acme.example'),
      ],
      ignores: ['postgres://user:${PASSWORD}@db', 'https://acme.example:8080/@handle'],
    },
  }),
  defineDetector({
    id: 'connection-string-password',
    title: 'Password in a connection string',
    type: 'connection-string',
    confidence: 'medium',
    keywords: ['password=', 'pwd='],
    pattern:
      /(?<=(?:server|data source|host|uid|user id|username|user|database|initial catalog|driver)=[^;\n"']{0,120};[^\n"']{0,200}?)(?<![\w])(?:password|pwd)=(?<secret>[^;\s"'<>]{4,128})/gi,
    span: 700,
    prove: (secret) => classify(secret) === 'literal' && {},
    examples: {
      finds: [
        (sample) => sampled('Server=db.acme.example;Database=app;User Id=app;Password=', `${sample.alnum(14)}7`, ';'),
      ],
      ignores: ['Server=db;User Id=app;Password=${PASSWORD};', 'Server=db;Password=***;'],
    },
  }),
];
