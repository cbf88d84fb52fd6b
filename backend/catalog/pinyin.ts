/**
 * The first Chinese character of each letter, as dictionaries sort them. No syllable begins with I, U or V.
 * Source: the pinyin order of Unicode's CLDR, which Node carries.
 */
const firsts = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨他穵夕丫帀']
const letters = 'abcdefghjklmnopqrstwxyz'
const dictionary = new Intl.Collator('zh-Hans-CN-u-co-pinyin')
const known = new Map<string, string>()

/**
 * The letters that a name begins its syllables with, lower-case: 黑糖珍珠鲜奶 is `htzzxn`. Latin letters and digits stay, all
 * else is left out. A character with several readings has the one that dictionaries put first.
 */
export function initialsOf(name: string): string {
  return [...name.toLowerCase()].map(initialOf).join('')
}

function initialOf(character: string): string {
  if (/[a-z0-9]/.test(character)) return character
  if (!/\p{Script=Han}/u.test(character)) return ''
  const letter = known.get(character) ?? look(character)
  known.set(character, letter)
  return letter
}

function look(character: string): string {
  const next = firsts.findIndex(first => dictionary.compare(first, character) > 0)
  return letters[next < 0 ? letters.length - 1 : next - 1] ?? ''
}
