import type { Messages } from '../zh'

/** Pictures that a person adds to what they write, in English. */
export const photos: Pick<Messages, 'photos'> = {
  photos: {
    title: p => `Photos (up to ${p.most})`,
    add: 'Add photos',
    photo: p => `Photo ${p.number}`,
    remove: p => `Remove photo ${p.number}`,
    sending: 'Uploading',
    failed: 'Not uploaded. Tap to try again',
    notOpened: 'The album did not open. Please allow photos and camera in the settings',
    wait: 'A photo is still being uploaded',
    again: 'A photo did not get there. Tap it to try again, or remove it',
  },
}
