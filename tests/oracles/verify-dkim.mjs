// Verifies DKIM signatures with mailauth: one line of JSON {mail: base64, dns: {name: txt}} in, one line of JSON out.
import readline from 'node:readline';
import { dkimVerify } from 'mailauth';

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { mail, dns } = JSON.parse(line);
  const resolver = async name => {
    if (dns[name]) return [[dns[name]]];
    throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
  };
  const { results } = await dkimVerify(Buffer.from(mail, 'base64'), { resolver });
  console.log(JSON.stringify(results.map(result => ({
    result: result.status.result, comment: result.status.comment ?? null, domain: result.signingDomain, selector: result.selector,
    algorithm: result.algo, canonicalization: result.format, signed: result.signingHeaders?.keys ?? null,
  }))));
}
