import { buildApp } from './steps/app.ts'

console.log('Building the mini program …')
await buildApp('mp-weixin')
console.log('dist/build/mp-weixin is ready: open this folder in WeChat DevTools, or the repository itself.')
