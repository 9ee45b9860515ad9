// An SMTP server by other people (nodemailer's), for AUTH and TLS. Its options come as JSON in the first argument; it prints one
// JSON object per line: {"port"} when it listens, {"from","to","user","data"} for every mail.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2]);
const say = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);

const server = new SMTPServer({
  secure: options.secure ?? false,
  key: readFileSync(options.key),
  cert: readFileSync(options.cert),
  authMethods: options.authMethods,
  authOptional: false,
  allowInsecureAuth: options.allowInsecureAuth ?? false,
  hideSTARTTLS: options.hideStartTls ?? false,
  size: options.size,
  onAuth(auth, session, done) {
    if (auth.method === 'XOAUTH2') {
      return auth.username === options.user && auth.accessToken === options.token
        ? done(null, { user: auth.username })
        : done(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } });
    }
    return auth.username === options.user && auth.password === options.password
      ? done(null, { user: auth.username })
      : done(new Error('Invalid username or password'));
  },
  onRcptTo(address, session, done) {
    return address.address.startsWith('unknown') ? done(Object.assign(new Error('No such user'), { responseCode: 550 })) : done();
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      say({
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((recipient) => recipient.address),
        user: session.user,
        data: Buffer.concat(chunks).toString('base64'),
      });
      done(null, 'queued');
    });
  },
});

server.on('error', (error) => process.stderr.write(`${error.message}\n`));
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.on('end', () => process.exit()).resume(); // ends with the test, however that ends
