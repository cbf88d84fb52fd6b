/** Which function gets which message: the MsgType, or the Event where the MsgType is `event`. */
export type PushTargets = Record<string, string>

export interface MessagePushSettings {
  targets: PushTargets
  appid: string
  nowMs(): number
  /** Calls a function in a person's name; null when it failed. */
  callFunction(functionName: string, event: unknown, openid: string): Promise<unknown>
}

/** A message or an event, without the fields that all of them have. */
export type Push = { MsgType: string, Event?: string } & Record<string, unknown>

/** What became of a message: the function that got it, and what that one returned. */
export interface Pushed {
  functionName: string
  returned: unknown
}

/** Message push into cloud functions, set up in the console with one function for each pair of message type and event. */
export class MessagePush {
  constructor(private readonly settings: MessagePushSettings) {}

  /** Sends a message of WeChat; null when no function is set up for it. */
  async send(openid: string, push: Push): Promise<Pushed | null> {
    const { targets, appid, nowMs, callFunction } = this.settings
    const functionName = targets[push.MsgType === 'event' ? push.Event ?? '' : push.MsgType]
    if (functionName === undefined) return null
    // A cloud function gets the appid where a server gets the account's original id.
    const event = { ToUserName: appid, FromUserName: openid, CreateTime: Math.floor(nowMs() / 1000), ...push }
    return { functionName, returned: await callFunction(functionName, event, openid) }
  }
}
