// How old the list is, where a newer one should be there. It runs where it stands, so that nothing moves afterwards.
"use strict";
(() => {
  const DAY = 86_400_000; // ms
  const GRACE = 4 * 3_600_000; // ms after the end of a day (UTC) in which its list is read and analysed
  const { previousElementSibling: age } = document.currentScript;
  const [listed, now, today] = [Date.parse(age.dataset.day), new Date(Date.now() - GRACE), new Date()];
  let due = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - 1);
  while ([0, 6].includes(new Date(due).getUTCDay())) due -= DAY; // weekends have no list
  const days = Math.round((Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()) - listed) / DAY);
  const inWords = age.dataset.ages.split("|")[days - 2] || age.dataset.days.replace("{count}", days);
  age.textContent = age.dataset.text.replace("{age}", inWords);
  age.hidden = listed >= due || days < 2;
})();
