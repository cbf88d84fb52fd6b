import type { IncomingMessage } from 'node:http'
import { readJsonObject } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import { isPerson, openidOf } from './identity.ts'

const mistake = 'person must be 1 to 32 letters, digits, _ or -.'

/** What a person sent, with who it is. */
export type PersonGiven = Record<string, unknown> & { person: string, openid: string }

/** The body of a request that a person makes, `{person, …}`. Refuses one without a person. */
export async function readPerson(request: IncomingMessage, limitBytes?: number): Promise<PersonGiven> {
  const given = await readJsonObject(request, limitBytes)
  const { person } = given
  if (!isPerson(person)) throw new Refusal(400, mistake)
  return { ...given, person, openid: openidOf(person) }
}

/** The openid of the person in an address, `?person=`. */
export function openidFrom(url: URL): string {
  const person = url.searchParams.get('person')
  if (!isPerson(person)) throw new Refusal(400, mistake)
  return openidOf(person)
}
