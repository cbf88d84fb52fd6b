import { beijingRfc3339 } from '../beijing.ts'
import type { V3Books, V3Reply } from './books.ts'
import { seal } from './envelope.ts'

/** `GET /v3/certificates`: WeChat Pay's certificates, encrypted with the APIv3 key. */
export async function listCertificates(books: V3Books): Promise<V3Reply> {
  const { certificate, certificatePem, certificateFromMs, certificateUntilMs, apiV3Key } = await books.credentials()
  return {
    status: 200,
    body: {
      data: [{
        serial_no: certificate.serial,
        effective_time: beijingRfc3339(certificateFromMs),
        expire_time: beijingRfc3339(certificateUntilMs),
        encrypt_certificate: seal(certificatePem, 'certificate', apiV3Key),
      }],
    },
  }
}
