import type { Experiment } from '../experiment.ts'
import { inside } from '../experiment.ts'

const path = 'fidelity-probe/a b铺.txt'

/** Asks whether two calls at once meet in one instance. */
async function together(lab: Parameters<Experiment['run']>[0]): Promise<unknown> {
  const counts = await Promise.all([inside(lab, 'count', { waitMs: 800 }), inside(lab, 'count', { waitMs: 800 })])
  return counts.some(count => (count as { atOnce: number }).atOnce > 1) ? 'calls share an instance' : 'each call has an instance for itself'
}

/** Storage, functions, the open interface and payments. */
export const services: Experiment[] = [
  {
    name: 'file-life',
    question: 'What do uploading, linking and deleting a file answer?',
    run: async ({ cloud }) => {
      const uploaded = await cloud.uploadFile({ cloudPath: path, fileContent: Buffer.from('probe') })
      const linked = await cloud.getTempFileURL({ fileList: [uploaded.fileID, { fileID: uploaded.fileID, maxAge: 60 }] })
      const links = linked.fileList.map(({ tempFileURL, ...rest }) => ({ ...rest, linked: String(tempFileURL) !== '' }))
      const remove = () => cloud.deleteFile({ fileList: [uploaded.fileID] })
      return { uploaded, links, deleted: await remove(), again: await remove() }
    },
  },
  {
    name: 'file-missing',
    question: 'What does linking a file that is not there answer?',
    run: async ({ cloud }) => {
      const { fileID } = await cloud.uploadFile({ cloudPath: path, fileContent: Buffer.from('probe') })
      await cloud.deleteFile({ fileList: [fileID] })
      return cloud.getTempFileURL({ fileList: [fileID] })
    },
  },
  { name: 'function-missing', question: 'What does calling a missing function answer?', run: ({ cloud }) => cloud.callFunction({ name: 'fidelity-none', data: {} }) },
  { name: 'context', question: 'What does a function see of its context when a secret key calls it?', needs: 'probe', run: lab => inside(lab, 'context') },
  { name: 'context-nested', question: 'What does a function that a function calls see?', needs: 'probe', run: lab => inside(lab, 'nested') },
  { name: 'environment-variables', question: 'Which variables does the platform set, and in which time zone do functions run?', needs: 'probe', run: lab => inside(lab, 'environment') },
  { name: 'returns-nothing', question: 'What does the caller of a function that returns nothing get?', needs: 'probe', run: lab => inside(lab, 'nothing') },
  { name: 'throws', question: 'What does the caller of a function that throws get?', needs: 'probe', run: lab => inside(lab, 'throw') },
  { name: 'calls-at-once', question: 'Do calls at the same time share an instance?', needs: 'probe', run: together },
  { name: 'openapi-unlisted', question: 'What does an interface that config.json does not list answer?', needs: 'probe', run: lab => inside(lab, 'unlisted') },
  { name: 'openapi-unknown', question: 'What does an interface that does not exist answer?', needs: 'probe', run: lab => inside(lab, 'unknown') },
  { name: 'code-bad-scene', question: 'What does a mini program code with a wrong scene answer?', needs: 'probe', run: lab => inside(lab, 'badScene') },
  {
    name: 'pay-unknown-order',
    question: 'What do queries about an unknown payment answer?',
    needs: 'merchant',
    run: lab => Promise.all(['queryOrder', 'closeOrder', 'queryRefund', 'refund'].map(api => inside(lab, 'pay', { api, merchant: lab.merchant }))),
  },
  {
    name: 'pay-wrong-merchant',
    question: 'What does a query for a merchant number that is not bound answer?',
    needs: 'probe',
    run: lab => inside(lab, 'pay', { api: 'queryOrder', merchant: '1' }),
  },
]
