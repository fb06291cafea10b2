// What these pages do when script runs; without it they work all the same.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const zh = root.lang !== 'en';

  // Countdown: the server's clock, which a page may show hours later.
  const skew = Number(root.dataset.now) - Date.now();
  const sayLeft = (ms) => {
    const minutes = Math.max(1, Math.round(ms / 60000));
    const parts = [
      [Math.floor(minutes / 1440), '天', 'd'],
      [Math.floor((minutes % 1440) / 60), '小时', 'h'],
      [minutes % 60, '分钟', 'min'],
    ];
    return parts
      .filter(([n]) => n > 0)
      .slice(0, 2)
      .map(([n, z, e]) => `${n} ${zh ? z : e}`)
      .join(' ');
  };
  const count = () => {
    for (const place of all('[data-due]')) {
      const left = Number(place.dataset.due) - (Date.now() + skew);
      const words = (left >= 0 ? place.dataset.left : place.dataset.late) ?? '';
      place.textContent = words.replace('{time}', sayLeft(Math.abs(left)));
      if (left < 0) place.closest('.now')?.classList.add('over');
    }
  };
  count();
  setInterval(count, 30000);
  // Photos: shrunk before they travel; what cannot be shrunk goes as it is.
  const LONGEST = 1920;
  const shrink = async (file) => {
    if (!/^image\/(jpeg|png|webp|hei[cf])$/.test(file.type) || (file.size < 400000 && !/hei/.test(file.type)))
      return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.82));
      if (!blob || (blob.size >= file.size && !/hei/.test(file.type))) return file;
      return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' });
    } catch {
      return file;
    }
  };

  // What is not sent yet lies on this phone: a lost line, a closed page or an empty battery costs nothing.
  const DAY = 86400000;
  let base;
  const drafts = async (mode, act) => {
    try {
      base ??= new Promise((yes, no) => {
        const open = indexedDB.open('huiyin', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('drafts');
        open.onsuccess = () => yes(open.result);
        open.onerror = () => no(open.error);
      });
      const asked = act((await base).transaction('drafts', mode).objectStore('drafts'));
      return await new Promise((yes, no) => {
        asked.onsuccess = () => yes(asked.result);
        asked.onerror = () => no(asked.error);
      });
    } catch {
      // A private window keeps nothing; the form works all the same.
    }
  };
  const slot = (form) => `${location.pathname}#${form.dataset.keep}`;
  const drop = (form) => drafts('readwrite', (store) => store.delete(slot(form)));
  const PASSING = /^(website|seen|seq|sum)$|\.(digest|drawn)$/;
  const keep = (form, waiting = false) => {
    const entries = [...new FormData(form)].filter(([name]) => !PASSING.test(name));
    const texts = entries.filter(([, value]) => typeof value === 'string');
    const files = entries.filter(([, value]) => typeof value !== 'string' && value.size > 0);
    return drafts('readwrite', (store) => store.put({ at: Date.now(), texts, files, waiting }, slot(form)));
  };
  const hide = (form, name, value) => {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  };
  const restore = async (form) => {
    const draft = await drafts('readonly', (store) => store.get(slot(form)));
    if (!draft) return;
    if (Date.now() - draft.at > DAY) return drop(form);
    const of = (name) => draft.texts.filter((pair) => pair[0] === name).map((pair) => pair[1]);
    const matter = of('matter')[0];
    const here = new URL(location.href);
    if (matter && form.elements.matter?.value !== matter && here.searchParams.get('matter') !== matter) {
      here.searchParams.set('matter', matter);
      return location.replace(here);
    }
    const written =
      draft.files.length + draft.texts.filter(([name, value]) => /^(f\.|text)/.test(name) && value).length;
    for (const input of form.elements) {
      if (!input.name || PASSING.test(input.name) || input.type === 'file') continue;
      const values = of(input.name);
      if (/radio|checkbox/.test(input.type)) input.checked = values.includes(input.value);
      else if ((input.type !== 'hidden' || /^(key|since)$/.test(input.name)) && values.length > 0)
        input.value = values[0];
    }
    for (const [name, value] of draft.texts) if (name.endsWith('.kept')) hide(form, name, value);
    for (const name of new Set(draft.files.map((pair) => pair[0])))
      form
        .querySelector(`input[multiple][name="${name}"]`)
        ?.put?.(draft.files.filter((pair) => pair[0] === name).map((pair) => pair[1]));
    if (written === 0) return;
    const clear = document.createElement('button');
    clear.type = 'button';
    clear.className = 'quiet';
    clear.textContent = zh ? '清空重写' : 'Start afresh';
    clear.addEventListener('click', async () => {
      await drop(form);
      location.reload();
    });
    say(form, zh ? '上次写了没发出去的，都在这里。' : 'What you had not sent is still here.', clear);
    if (draft.waiting) send(form);
  };
  const say = (form, words, ...more) => {
    let box = form.querySelector('.kept');
    if (!box) {
      box = document.createElement('div');
      box.className = 'box kept';
      box.setAttribute('role', 'status');
      form.querySelector('button[data-busy]').before(box);
    }
    box.replaceChildren(words, ...more);
    box.hidden = words === '';
  };

  // Sending: photos one by one, then the form; the same key however often, so nothing is registered twice.
  const PATIENCE = 60000;
  const post = async (address, body) => {
    const answer = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout?.(PATIENCE) });
    if (answer.status > 501) throw new TypeError('lost');
    return answer;
  };
  const ahead = async (form) => {
    const address = new URL(form.action);
    address.searchParams.set('park', '1');
    const waiting = all('[data-photos]', form).flatMap((input) => [...input.files].map((file) => ({ input, file })));
    for (const [n, { input, file }] of waiting.entries()) {
      say(form, zh ? `正在发第 ${n + 1} 张，共 ${waiting.length} 张…` : `Sending photo ${n + 1} of ${waiting.length}…`);
      const part = new FormData();
      if (form.elements.matter) part.append('matter', form.elements.matter.value);
      part.append(input.name, file, file.name);
      const answer = await post(address, part);
      // What is refused stays in the form, and the page then says why.
      if (!answer.ok) continue;
      const { kept } = await answer.json();
      for (const [name, ids] of Object.entries(kept)) for (const id of ids) hide(form, name, id);
      input.put?.(
        [...input.files].filter((one) => one !== file),
        true,
      );
      await keep(form, true);
    }
  };
  let retry;
  const send = async (form, button) => {
    if (form.dataset.sending) return;
    form.dataset.sending = 'yes';
    delete form.dataset.lost;
    clearTimeout(retry);
    const main = form.querySelector('button[data-busy]');
    main.dataset.idle ??= main.textContent;
    main.disabled = true;
    main.textContent = main.dataset.busy;
    const rest = () => {
      delete form.dataset.sending;
      main.disabled = false;
      main.textContent = main.dataset.idle;
    };
    try {
      await keep(form, !button?.name);
      await ahead(form);
      const body = new FormData(form);
      if (button?.name) body.append(button.name, button.value);
      const answer = await post(form.action, body);
      if (answer.redirected) {
        await drop(form);
        return location.replace(answer.url);
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      document.title = page.title;
      document.querySelector('main').replaceWith(page.querySelector('main'));
      scrollTo(0, 0);
      wire(document);
      const now = document.querySelector(`form[data-keep="${form.dataset.keep}"]`);
      if (now) await keep(now);
    } catch {
      rest();
      form.dataset.lost = 'yes';
      const call = document.querySelector('.tel')?.cloneNode(true) ?? '';
      say(
        form,
        zh
          ? '还没发出去：现在没有网络。您写的和照片都存在这部手机上，有了网络会自动发出，也可以再按一次。'
          : 'Not sent yet: there is no connection. Your words and photos are kept on this phone and go out by themselves once there is one; you can also press again.',
        call,
      );
      retry = setTimeout(() => send(form), 15000);
    }
  };
  const again = () => {
    for (const form of all('form[data-keep]')) if (form.dataset.lost) send(form);
  };
  addEventListener('online', again);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());

  // A second press on the button must not send twice; coming back must find the button alive.
  addEventListener('submit', (event) => {
    const form = event.target;
    const button = form.querySelector('button[data-busy]');
    if (!button) return;
    if (button.disabled) return event.preventDefault();
    if (form.dataset.keep && window.fetch && window.DOMParser) {
      event.preventDefault();
      return send(form, event.submitter);
    }
    button.dataset.idle = button.textContent;
    setTimeout(() => {
      button.disabled = true;
      button.textContent = button.dataset.busy;
    });
  });
  addEventListener('pageshow', () =>
    all('button[data-idle]').forEach((button) => {
      button.disabled = false;
      button.textContent = button.dataset.idle;
    }),
  );

  // What a page brings, and what comes in its place when something in it was wrong.
  const wire = (scope) => {
    scope.querySelector('#faults')?.focus();
    // Whoever returns to “just now” means it.
    for (const pair of all('[data-when]', scope))
      pair.closest('fieldset').addEventListener('change', (event) => {
        if (event.target.value === 'now') for (const input of all('input', pair)) input.value = '';
      });
    for (const box of all('.files', scope)) photos(box);
    for (const form of all('form[data-keep]', scope)) {
      let soon;
      const later = () => {
        clearTimeout(soon);
        soon = setTimeout(() => form.isConnected && !form.dataset.sending && keep(form), 400);
      };
      form.addEventListener('input', later);
      form.addEventListener('change', later);
    }
    pads(scope);
  };

  // Several shots one after another are several photos: each is added to those chosen before.
  const photos = (box) => {
    const chosen = box.querySelector('input[multiple]');
    const shown = document.createElement('ul');
    shown.className = 'photos';
    box.after(shown);
    let before = [];
    chosen.put = (files, sent) => {
      before = files;
      const bag = new DataTransfer();
      for (const file of files) bag.items.add(file);
      chosen.files = bag.files;
      // What was sent stays in view.
      if (!sent) draw(files);
    };
    const draw = (files) =>
      shown.replaceChildren(
        ...files.map((file) => {
          const item = document.createElement('li');
          if (file.type.startsWith('image/')) {
            const image = new Image(96, 96);
            image.alt = file.name;
            image.src = URL.createObjectURL(file);
            item.append(image);
          } else item.textContent = file.name;
          const drop = document.createElement('button');
          drop.type = 'button';
          drop.className = 'quiet';
          drop.textContent = zh ? '不要' : 'Remove';
          drop.addEventListener('click', () => {
            chosen.put([...chosen.files].filter((one) => one !== file));
            chosen.dispatchEvent(new Event('input', { bubbles: true }));
          });
          item.append(drop);
          return item;
        }),
      );
    for (const input of all('[data-photos]', box))
      input.addEventListener('change', async () => {
        const fresh = await Promise.all([...input.files].map(shrink));
        const same = (a, b) => a.name === b.name && a.size === b.size;
        try {
          const added = fresh.filter((file) => !before.some((one) => same(one, file)));
          if (input !== chosen) input.value = '';
          chosen.put([...before, ...added]);
          chosen.dispatchEvent(new Event('input', { bubbles: true }));
        } catch {
          // An old browser keeps the files it was given.
          draw(fresh);
        }
      });
  };

  const pads = (scope) => {
    // Signature on glass.
    for (const pad of all('[data-pad]', scope)) {
      const field = pad.closest('fieldset');
      const hidden = field.querySelector(`input[name="${pad.dataset.pad}"]`);
      const canvas = pad.querySelector('canvas');
      const said = pad.querySelector('[data-drawn]');
      const pen = canvas.getContext('2d');
      pad.hidden = false;
      field.querySelector('[data-or]').hidden = false;
      let length = 0;
      let last = null;
      const at = (event) => {
        const box = canvas.getBoundingClientRect();
        return [
          ((event.clientX - box.left) * canvas.width) / box.width,
          ((event.clientY - box.top) * canvas.height) / box.height,
        ];
      };
      const clear = () => {
        pen.fillStyle = '#fff';
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.lineWidth = 5;
        pen.lineCap = pen.lineJoin = 'round';
        pen.strokeStyle = '#10233f';
        length = 0;
        hidden.value = '';
        said.hidden = true;
      };
      clear();
      pad.querySelector('[data-clear]').addEventListener('click', clear);
      canvas.addEventListener('pointerdown', (event) => {
        canvas.setPointerCapture(event.pointerId);
        last = at(event);
        event.preventDefault();
      });
      canvas.addEventListener('pointermove', (event) => {
        if (!last) return;
        const next = at(event);
        pen.beginPath();
        pen.moveTo(...last);
        pen.lineTo(...next);
        pen.stroke();
        length += Math.hypot(next[0] - last[0], next[1] - last[1]);
        last = next;
      });
      const lift = () => {
        last = null;
        // A touch by accident is no signature.
        if (length < 80) return;
        hidden.value = canvas.toDataURL('image/png');
        said.hidden = false;
      };
      canvas.addEventListener('pointerup', lift);
      canvas.addEventListener('pointercancel', lift);
    }
  };

  wire(document);
  for (const form of all('form[data-keep]')) if (!document.querySelector('#faults')) restore(form);
})();
