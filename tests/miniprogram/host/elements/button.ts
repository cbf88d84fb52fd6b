import { post } from '../api/cloud.ts'
import type { Pages } from '../framework/pages.ts'
import type { Person } from '../person.ts'
import type { Launch } from '../phone.ts'
import { BuiltIn } from './builtIn.ts'

interface World { launch: Launch, pages: Pages, person: Person }

let world: World | undefined

/** Buttons open doors of WeChat; these are behind them. */
export function serveButtons(known: World): void {
  world = known
}

type Act = (button: WxButton, world: World) => Promise<void> | void

/** What `open-type` does. A type that is not here is reported, rather than tapped in vain. */
const doors: Record<string, Act> = {
  share: (button, { pages, person }) => person.did('share', pages.share('shareAppMessage', { from: 'button', target: { id: button.id } })),
  contact: (button, { person }) => {
    person.did('contact', { sessionFrom: button.getAttribute('session-from') ?? '' })
    button.tell('contact', { errMsg: 'enterContact:ok', path: '', query: {} })
  },
  openSetting: button => button.tell('opensetting', { errMsg: 'openSetting:ok', authSetting: {} }),
  chooseAvatar: (button, { person }) => button.tell('chooseavatar', { avatarUrl: person.answer('chooseAvatar', () => '/static/avatar.svg') }),
  getPhoneNumber: async (button, { launch, person }) => {
    const answer = person.answer<string>('getPhoneNumber', () => 'ok')
    if (answer !== 'ok') return button.tell('getphonenumber', { errMsg: `getPhoneNumber:${answer}` })
    button.tell('getphonenumber', { errMsg: 'getPhoneNumber:ok', ...await post('/wechat/phone', { person: launch.person }) as object })
  },
  agreePrivacyAuthorization: button => button.tell('agreeprivacyauthorization', {}),
  feedback: (_, { person }) => person.did('feedback', {}),
}

/** `<button>`: nothing but CSS, unless it has an `open-type` or belongs to a form. */
export class WxButton extends BuiltIn {
  constructor() {
    super()
    this.addEventListener('click', () => {
      const type = this.getAttribute('open-type')
      if (type && !this.flag('disabled')) void this.open(type)
    })
  }

  private async open(type: string): Promise<void> {
    const door = doors[type]
    if (!door || !world) throw new Error(`<button open-type="${type}"> is not known to this phone`)
    await door(this, world)
  }

  tell(type: string, detail: Record<string, unknown>): void {
    this.fire(type, detail)
  }
}
