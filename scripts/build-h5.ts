import { buildApp } from './steps/app.ts'

console.log('Building for the browser …')
await buildApp('h5')
console.log('dist/build/h5 is ready.')
