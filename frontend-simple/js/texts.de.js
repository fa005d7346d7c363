/**
 * Every word people read, in one place. To add a language, translate this file.
 *
 * Two words never appear here, because no app can promise them: a unit test looks for both.
 */
export const texts = {
  title: 'Mushroom App',
  languageChanged: 'The page speaks English now.',

  nav: {
    label: 'Views',
    skip: 'Skip to the content',
    identify: 'Identify',
    finds: 'My finds',
    species: 'Species',
    models: 'Models',
    about: 'About',
    privacy: 'Privacy',
  },

  view: {
    loading: 'One moment…',
    failed: 'This could not be shown',
    failedNext: 'Check your connection and try again.',
    back: 'Back',
  },

  noScript: 'This page needs JavaScript to send your photo.',

  start: {
    heading: 'What mushroom is this, and could it hurt you?',
    drop: 'Choose photos',
    dropHint: '1 to 5 photos: cap, gills, stem, base',
    dropDesktop: 'or drop them here, or paste',
    take: 'Take a photo',
    honesty: 'In field tests, apps like this one named only 35–\u206049% of mushrooms right. Use it to learn, never to decide on a meal.',
    parts: { cap: 'cap', gills: 'gills', ring: 'ring', stem: 'stem', base: 'base' },
  },

  tray: {
    heading: 'Your find',
    list: 'Photos of this find',
    photo: (number, name) => `Photo ${number}: ${name}`,
    unreadable: 'No preview',
    remove: (number) => `Remove photo ${number}`,
    removed: (count) => (count === 0 ? 'Photo removed. No photos left.' : `Photo removed. ${photos(count)} left.`),
    added: (count) => `${photos(count)} ready. Identify, or add another view of the same mushroom.`,
    preparing: 'Preparing your photo…',
    moreHint: 'More views, better answer:',
    views: ['cap', 'gills or pores', 'whole stem', 'base'],
    take: 'Take',
    choose: 'Choose',
    identify: 'Identify',
    clear: 'Start over',
    offline: 'No connection. Your photos stay here; send them when you are back in reach.',
    busy: 'Wait for the answer or cancel before adding photos.',
  },

  work: {
    sending: 'Sending your photo…',
    sendingMany: (count) => `Sending ${photos(count)}…`,
    looking: 'Looking at it…',
    percent: (percent) => `${percent}%`,
    bar: 'Sent so far',
    cancel: 'Cancel',
    cancelled: 'Cancelled. Your photos are still here.',
  },

  danger: {
    deadly: { word: 'Deadly poisonous', chip: 'Deadly' },
    poisonous: { word: 'Poisonous', chip: 'Poisonous' },
    caution: { word: 'Can make you ill', chip: 'Can make you ill' },
    cannot_tell: { word: 'Cannot tell', chip: 'Risk unknown' },
    not_known_poisonous: { word: 'Not known to be poisonous', chip: 'Not known to be poisonous' },
    unknown: { word: 'Cannot tell', chip: 'Risk unknown' },
  },

  answer: {
    announce: (danger, name, band) => [danger, name, band].filter(Boolean).join('. ') + '.',
    bands: { very_likely: 'Very likely', likely: 'Likely', uncertain: 'Uncertain' },
    percent: (probability) => {
      if (probability >= 0.995) return 'over 99%';
      if (probability < 0.01) return 'under 1%';
      return `${Math.round(probability * 100)}%`;
    },
    confidence: (percent) => `${percent} confidence`,
    genus: 'A kind of',
    genusNote: 'Genus only: the photo does not show which species.',
    unsure: 'Not sure which mushroom this is',
    unsureNote: 'Treat it as poisonous. Another view may help.',
    notMushroom: 'No mushroom found in this photo',
    notMushroomNote: 'If there is one, go closer so that it fills the picture.',
    reasons: {
      deadly: 'It looks like a mushroom that kills, or is too hard to tell from one.',
      poisonous: 'It looks like a poisonous mushroom, or is too hard to tell from one.',
      cannot_tell: 'Treat it as poisonous.',
      not_known_poisonous: 'No poisoning is on record for what it looks like. That is not a promise.',
    },
    yourPhoto: 'Your photo',
    morePhotos: (count) => `+${count}`,
    lookAlikes: 'Dangerous look-alikes',
    moreLookAlikes: (count) => `${count} more`,
    noLookAlikes: 'None in our catalogue. That does not mean there are none.',
    noDifference: 'We have no sure way to tell them apart from a photo.',
    warning: 'Never eat a mushroom because of an app.',
    helpHeading: 'What would help',
    help: ['Cap from above', 'Gills or pores from below', 'Whole stem, with any ring', 'Base, dug out with care'],
    helpNote: 'Daylight, one mushroom, filling the picture.',
    warningHeading: 'Warning',
    candidates: 'Other possibilities',
    candidatesUnsure: 'It might be one of these',
    again: 'New mushroom',
    addView: 'Add a view',
    model: (name, version) => `Model ${name}, version ${version}`,
    id: (id) => `Answer ${id}`,
    honesty: 'In field tests, apps like this one named 35–\u206049% of mushrooms right.',
  },

  emergency: {
    line: 'Eaten some? Call a poison centre now, before any symptoms.',
    summary: 'Numbers to call',
    adviceSummary: 'What to do, and numbers to call',
    keep: 'Keep what is left of the mushroom, and the photo. Collapse, seizure or trouble breathing: call the emergency number.',
    numbers: [
      { place: 'Emergency, Europe', shown: '112', call: '112' },
      { place: 'Emergency, USA and Canada', shown: '911', call: '911' },
      { place: 'USA', shown: '1-800-222-1222', call: '+18002221222' },
      { place: 'Canada', shown: '1-844-764-7669', call: '+18447647669' },
      { place: 'United Kingdom', shown: '111', call: '111' },
      { place: 'Germany (Berlin)', shown: '030 19240', call: '+493019240' },
      { place: 'Austria', shown: '01 406 43 43', call: '+4314064343' },
      { place: 'Switzerland', shown: '145', call: '145' },
      { place: 'Australia', shown: '13 11 26', call: '131126' },
      { place: 'New Zealand', shown: '0800 764 766', call: '0800764766' },
    ],
    elsewhere: 'Elsewhere: your emergency number, and ask for the poison centre.',
  },

  heatmap: {
    show: 'Show where it looked',
    hide: 'Hide where it looked',
    alt: 'Your photo with the parts that counted most for the answer glowing.',
    shown: 'The parts that counted most are glowing.',
    gone: 'There is no such picture for this answer.',
  },

  feedback: {
    heading: 'Was this right?',
    right: 'Right',
    wrong: 'Wrong',
    label: 'What is it?',
    labelUnknown: 'I do not know',
    labelOther: 'Something that is not in the list',
    comment: 'Comment (optional)',
    consent: 'You may keep my photos to improve the model.',
    send: 'Send',
    sending: 'Sending…',
    thanks: 'Thank you. An expert looks at it before the model learns from it.',
    failed: 'That could not be sent. Please try again.',
  },

  problem: {
    prefix: 'No answer: cannot tell whether it is poisonous.',
    retry: 'Try again',
    retryIn: (seconds) => `Try again in ${seconds} s`,
    retryReady: 'You can try again now.',
    other: 'Use other photos',
    which: (number) => `Photo ${number}. `,
    tooLarge: ['That photo is too large', 'The limit is 20 MB a photo. Take a new one, or choose a smaller size when you share it.'],
    tooManyPixels: ['That photo is too large', 'It has more than 50 megapixels. Choose a smaller size in the camera settings.'],
    tooSmall: ['That photo is too small', 'There is too little to see. Take a new one in full size.'],
    notAPhoto: ['That is not a photo', 'Choose a picture: JPEG, PNG and WebP work, and most others.'],
    unsupported: ['We cannot read this kind of picture', 'Save it as JPEG or PNG, or take a new photo.'],
    empty: ['That file is empty', 'Choose the photo again, or take a new one.'],
    damaged: ['That photo is damaged', 'Part of it is missing. Choose it again, or take a new one.'],
    tooMany: ['Five photos are the most', 'The others were left out. All photos should show the same find.'],
    refused: ['These photos were refused', 'Take a new photo and try again.'],
    starting: ['The service is starting', 'Your photos are still here. Try again in half a minute.'],
    busy: ['Many people are asking right now', 'Your photos are still here. Try again in a moment.'],
    offline: ['No connection', 'Your photos are still here. Try again when you are back in reach.'],
    unreachable: ['The connection broke', 'Your photos are still here. Check your reception and try again.'],
    slowUpload: ['The connection is too slow', 'Your photos are still here. Move to better reception, or send one photo only.'],
    slowAnswer: ['The answer takes too long', 'Your photos are still here. Try again in a moment.'],
    trouble: ['Something went wrong on our side', 'It is not your photo. Try again in a few minutes.'],
    rubbish: ['We did not understand the answer', 'It is not your photo. Check that you are online (a hotel or café login can be in the way) and try again.'],
    missing: ['The service is not there', 'It may be restarting. Try again in a few minutes.'],
  },
};

function photos(count) {
  return count === 1 ? '1 photo' : `${count} photos`;
}
