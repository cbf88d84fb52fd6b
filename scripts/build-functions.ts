import { buildFunctions } from './steps/functions.ts'

for (const { name, bytes } of await buildFunctions()) {
  console.log(`dist/cloudfunctions/${name}/index.js  ${Math.round(bytes / 1024)} KB`)
}
