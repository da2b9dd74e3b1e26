import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';

/**
 * Whether a health address on loopback answers 200. Certificates are not looked at: engines sign their own, and
 * nothing but the status is read.
 */
export function isServing(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const options = { timeout: 2000, rejectUnauthorized: false };
    const request = (url.startsWith('https:') ? httpsGet : httpGet)(url, options, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    request.once('timeout', () => request.destroy(new Error(`${url} did not answer`)));
    request.once('error', reject);
  });
}
