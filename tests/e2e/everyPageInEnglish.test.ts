import { walkOverEveryPage } from './everyPage.ts'

walkOverEveryPage('en-US')
