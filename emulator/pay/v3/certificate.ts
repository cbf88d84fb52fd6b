import { createHash, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** A certificate in PEM, and its number as WeChat Pay writes it: 40 hexadecimal digits. */
export interface Certificate {
  pem: string
  serial: string
}

export interface CertificateTerms {
  /** Whom it names. */
  commonName: string
  organisation: string
  publicKey: KeyObject
  /** Signs the certificate; self-signed when it belongs to the public key. */
  privateKey: KeyObject
  fromMs: number
  untilMs: number
}

/**
 * Makes an X.509 certificate. node:crypto reads certificates and cannot make them, so the few structures of DER that one
 * needs are written here. Source: RFC 5280, section 4.1.
 */
export function makeCertificate(terms: CertificateTerms): Certificate {
  const serial = newSerial()
  const name = distinguishedName(terms.commonName, terms.organisation)
  const body = sequence(
    version3,
    integer(serial),
    sha256WithRsa,
    name,
    sequence(time(terms.fromMs), time(terms.untilMs)),
    name,
    terms.publicKey.export({ type: 'spki', format: 'der' }),
    extensions(terms.publicKey),
  )
  const der = sequence(body, sha256WithRsa, bitString(sign('sha256', body, terms.privateKey)))
  return { pem: toPem(der), serial: serial.toString('hex').toUpperCase() }
}

/** Twenty bytes that make a positive number of full length. */
function newSerial(): Buffer {
  const serial = randomBytes(20)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

function distinguishedName(commonName: string, organisation: string): Buffer {
  const part = (identifier: Buffer, value: string) => element(0x31, sequence(identifier, element(0x0c, Buffer.from(value))))
  return sequence(part(organisationName, organisation), part(commonNameId, commonName))
}

/** The mark of the key, without which OpenSSL calls a certificate of version 3 incomplete. */
function extensions(publicKey: KeyObject): Buffer {
  const mark = createHash('sha1').update(publicKey.export({ type: 'pkcs1', format: 'der' })).digest()
  const keyIdentifier = sequence(subjectKeyIdentifier, element(0x04, element(0x04, mark)))
  return element(0xa3, sequence(keyIdentifier))
}

/** Two digits a year until 2049, and four from 2050. */
function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/\.\d+Z$/, '').replace(/\D/g, '')
  return digits < '2050' ? element(0x17, Buffer.from(`${digits.slice(2)}Z`)) : element(0x18, Buffer.from(`${digits}Z`))
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, ...parts)
}

/** The number must be positive and without leading zeros. */
function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes)
}

function bitString(bytes: Buffer): Buffer {
  return element(0x03, Buffer.from([0]), bytes)
}

function element(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content])
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

const version3 = element(0xa0, element(0x02, Buffer.from([2])))
/** 1.2.840.113549.1.1.11 */
const sha256WithRsa = sequence(element(0x06, Buffer.from('2a864886f70d01010b', 'hex')), Buffer.from([0x05, 0x00]))
/** 2.5.4.3 */
const commonNameId = element(0x06, Buffer.from('550403', 'hex'))
/** 2.5.4.10 */
const organisationName = element(0x06, Buffer.from('55040a', 'hex'))
/** 2.5.29.14 */
const subjectKeyIdentifier = element(0x06, Buffer.from('551d0e', 'hex'))
