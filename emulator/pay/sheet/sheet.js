/**
 * The payment sheet: asks for the password, pays, and tells the page around it what `wx.requestPayment` would answer.
 * Address: /wechat/pay?prepay_id=…&person=…[&timeStamp=…&nonceStr=…&signType=…&paySign=…][&lang=en]
 */
const texts = {
  zh: {
    title: '请输入支付密码', close: '关闭', method: '支付方式', balance: '零钱', paid: '支付成功', understood: '我知道了',
    hint: '本地微信的支付密码是 123456', erase: '删除', offline: '网络连接失败，请重试',
    entered: count => `支付密码，已输入 ${count} 位，共 6 位`,
  },
  en: {
    title: 'Enter Payment Password', close: 'Close', method: 'Payment method', balance: 'Balance', paid: 'Paid', understood: 'Got it',
    hint: 'The payment password of the local WeChat is 123456', erase: 'Delete', offline: 'No connection, please try again',
    entered: count => `Payment password, ${count} of 6 digits entered`,
    PASSWORD_WRONG: 'Wrong payment password, please try again',
    SIGNATURE_WRONG: 'The payment is not signed rightly',
    PAYER_MISMATCH: 'Only the person who ordered can pay this order',
    CLOSED: 'This order is closed',
    EXPIRED: 'This order has expired, please order again',
    PAID: 'This order is already paid',
    UNKNOWN: 'This order does not exist',
  },
}

const passwordLength = 6
const tickMs = 900
const query = new URLSearchParams(location.search)
const prepayId = query.get('prepay_id') ?? ''
const person = query.get('person') ?? ''
const signature = Object.fromEntries(['timeStamp', 'nonceStr', 'signType', 'paySign'].map(name => [name, query.get(name) ?? '']))
const words = texts[query.get('lang')?.startsWith('en') ? 'en' : 'zh']
const find = id => document.getElementById(id)

let digits = ''
let isBusy = true
let refusal = ''

function finish(errMsg) {
  parent.postMessage({ source: 'wechat-pay', prepayId, errMsg }, location.origin)
}

function close() {
  if (refusal !== '') finish(`requestPayment:fail ${refusal}`)
  // While a payment is on its way, nobody can say any more that it was cancelled.
  else if (!isBusy) finish('requestPayment:fail cancel')
}

function show(section) {
  for (const id of ['ask', 'done', 'refused']) find(id).hidden = id !== section
  find('keypad').hidden = section !== 'ask'
  find('title').hidden = section !== 'ask'
  find('close').hidden = section === 'done'
}

function showDigits() {
  [...find('digits').children].forEach((cell, index) => cell.classList.toggle('filled', index < digits.length))
  find('digits').setAttribute('aria-label', words.entered(digits.length))
}

function refuse({ code, message }) {
  refusal = words[code] ?? message
  find('reason').textContent = refusal
  show('refused')
  find('understood').focus()
}

async function open() {
  const trade = await ask(`/wechat/pay/trade?${new URLSearchParams({ prepay_id: prepayId, person, ...signature })}`)
  isBusy = false
  if (!trade.ok) return refuse(trade)
  find('payee').textContent = trade.payee
  find('amount').textContent = (trade.totalFee / 100).toFixed(2)
  showDigits()
  show('ask')
}

async function ask(address, options) {
  try {
    return await (await fetch(address, options)).json()
  } catch (error) {
    console.error(error)
    return { ok: false, code: 'OFFLINE', message: words.offline }
  }
}

async function pay() {
  isBusy = true
  find('digits').classList.add('waiting')
  const body = JSON.stringify({ prepayId, person, password: digits, ...signature })
  const answer = await ask('/wechat/pay', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  find('digits').classList.remove('waiting')
  isBusy = false
  if (answer.ok) succeed()
  else if (answer.code === 'PASSWORD_WRONG' || answer.code === 'OFFLINE') tryAgain(words[answer.code] ?? answer.message)
  else refuse(answer)
}

function succeed() {
  isBusy = true
  show('done')
  setTimeout(() => finish('requestPayment:ok'), tickMs)
}

function tryAgain(message) {
  digits = ''
  showDigits()
  find('error').textContent = message
  find('digits').classList.add('shaking')
  find('digits').addEventListener('animationend', () => find('digits').classList.remove('shaking'), { once: true })
}

function enter(digit) {
  if (isBusy || refusal !== '' || digits.length >= passwordLength) return
  digits += digit
  find('error').textContent = ''
  showDigits()
  if (digits.length === passwordLength) void pay()
}

function erase() {
  if (isBusy) return
  digits = digits.slice(0, -1)
  showDigits()
}

function addKey(label, press, icon) {
  const key = document.createElement('button')
  key.type = 'button'
  key.setAttribute('aria-label', label)
  if (icon) {
    key.className = 'erase'
    key.innerHTML = icon
  } else {
    key.textContent = label
  }
  key.addEventListener('click', press)
  find('keypad').append(key)
}

function build() {
  document.documentElement.lang = words === texts.en ? 'en' : 'zh-CN'
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = words[element.dataset.text]
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', words[element.dataset.label])
  for (const digit of '123456789') addKey(digit, () => enter(digit))
  find('keypad').append(document.createElement('span'))
  addKey('0', () => enter('0'))
  addKey(words.erase, erase, '<svg viewBox="0 0 26 26" aria-hidden="true"><path d="M9 5h14v16H9L2 13zM12 10l6 6m0-6l-6 6" /></svg>')
  find('close').addEventListener('click', close)
  find('understood').addEventListener('click', close)
  document.addEventListener('keydown', (event) => {
    if (/^\d$/.test(event.key)) enter(event.key)
    else if (event.key === 'Backspace') erase()
    else if (event.key === 'Escape') close()
  })
}

/** A frame whose colour scheme differs from its page's is painted opaque, and the dimmed page behind it would vanish. */
function matchPage() {
  try {
    document.documentElement.style.colorScheme = getComputedStyle(parent.document.documentElement).colorScheme
  } catch (error) {
    console.info('The page around the sheet has another origin; its colour scheme is unknown.', error)
  }
}

matchPage()
build()
document.querySelector('.sheet').focus()
void open()
