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
  document.getElementById('faults')?.focus();

  // Whoever returns to “just now” means it.
  for (const pair of all('[data-when]'))
    pair.closest('fieldset').addEventListener('change', (event) => {
      if (event.target.value === 'now') for (const input of all('input', pair)) input.value = '';
    });

  // A second press on the button must not send twice; coming back must find the button alive.
  addEventListener('submit', (event) => {
    const button = event.target.querySelector('button[data-busy]');
    if (!button) return;
    if (button.disabled) return event.preventDefault();
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
  for (const input of all('[data-photos]')) {
    const shown = document.createElement('ul');
    shown.className = 'photos';
    input.closest('.files').after(shown);
    input.addEventListener('change', async () => {
      const small = await Promise.all([...input.files].map(shrink));
      try {
        const bag = new DataTransfer();
        for (const file of small) bag.items.add(file);
        input.files = bag.files;
      } catch {
        // An old browser keeps the files it was given.
      }
      shown.replaceChildren(
        ...small.map((file) => {
          const item = document.createElement('li');
          if (file.type.startsWith('image/')) {
            const image = new Image(96, 96);
            image.alt = file.name;
            image.src = URL.createObjectURL(file);
            item.append(image);
          } else item.textContent = file.name;
          return item;
        }),
      );
    });
  }

  // Signature on glass.
  for (const pad of all('[data-pad]')) {
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
})();
