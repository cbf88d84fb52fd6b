/** How a browser tab names the person in front of it: `?person=alice`. Two tabs can so be two people. */
const parameter = 'person'

function ownPerson(): string {
  const known = localStorage.getItem(parameter)
  if (known) return known
  const made = `guest-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`
  localStorage.setItem(parameter, made)
  return made
}

function findPerson(): string {
  const named = new URLSearchParams(location.search).get(parameter)
  if (named && /^[A-Za-z0-9_-]{1,40}$/.test(named)) sessionStorage.setItem(parameter, named)
  return sessionStorage.getItem(parameter) ?? ownPerson()
}

let found: string | undefined

/** The person of this browser tab, for the local WeChat. It does not change while the page lives. */
export function person(): string {
  found ??= findPerson()
  return found
}
