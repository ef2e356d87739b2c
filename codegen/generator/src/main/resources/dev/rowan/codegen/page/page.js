'use strict';
{
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const drawing = document.getElementById('drawing');
  const search = document.getElementById('search');
  const found = document.getElementById('found');
  const boxes = all('.box', drawing);
  const lines = all('.line', drawing);
  const sections = all('.table');
  const entries = all('nav li');
  const names = sections.map(section => section.querySelector('h2 a').textContent.toLowerCase());
  const texts = sections.map(section => {
    const said = section.cloneNode(true);
    all('thead, h3, .locate', said).forEach(label => label.remove()); // the page says these of every table
    return said.textContent.toLowerCase();
  });

  // the diagram: what part of it is seen
  const whole = drawing.viewBox.baseVal;
  const size = { w: whole.width, h: whole.height };
  const view = { x: 0, y: 0, w: size.w, h: size.h };
  let part = [0, 0, size.w, size.h];
  const scale = () => Math.min(drawing.clientWidth / view.w, drawing.clientHeight / view.h);
  const show = () => {
    drawing.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`);
    drawing.classList.toggle('afar', scale() < 0.42);
  };
  // shows a part as large as it goes, and at most as large as it is drawn
  const look = (x, y, w, h) => {
    part = [x, y, w, h];
    const most = Math.min(drawing.clientWidth / w, drawing.clientHeight / h, 1);
    view.w = drawing.clientWidth / most;
    view.h = drawing.clientHeight / most;
    view.x = x + (w - view.w) / 2;
    view.y = y + (h - view.h) / 2;
    show();
  };
  const fit = () => look(0, 0, size.w, size.h);
  const lookAt = shown => {
    const margin = 60;
    const places = shown.map(box => {
      const { e, f } = box.transform.baseVal.consolidate().matrix;
      const frame = box.querySelector('.frame');
      return [e, f, e + frame.width.baseVal.value, f + frame.height.baseVal.value];
    });
    const [left, top] = [0, 1].map(side => Math.min(...places.map(place => place[side])) - margin);
    const [right, bottom] = [2, 3].map(side => Math.max(...places.map(place => place[side])) + margin);
    look(left, top, right - left, bottom - top);
  };
  const zoom = (factor, x = view.x + view.w / 2, y = view.y + view.h / 2) => {
    if (scale() * factor > 4 || view.w > size.w * 4 && view.h > size.h * 4 && factor < 1) { return; }
    view.x = x - (x - view.x) / factor;
    view.y = y - (y - view.y) / factor;
    view.w /= factor;
    view.h /= factor;
    show();
  };
  const at = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    return [point.x, point.y];
  };
  const pointers = new Map();
  let travelled = 0;
  drawing.addEventListener('pointerdown', event => {
    if (event.button !== 0) { return; }
    if (pointers.size === 0) { travelled = 0; }
    pointers.set(event.pointerId, event);
  });
  drawing.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) { return; }
    const other = [...pointers.values()].find(pointer => pointer.pointerId !== event.pointerId);
    if (other) {
      const distance = pointer => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY);
      zoom(distance(event) / Math.max(1, distance(before)), ...at(other));
      travelled = 99;
    } else {
      view.x -= (event.clientX - before.clientX) / scale();
      view.y -= (event.clientY - before.clientY) / scale();
      travelled += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      if (travelled > 4) {
        // not before: a captured pointer does not click what is below it
        drawing.setPointerCapture(event.pointerId);
        drawing.classList.add('moving');
      }
      show();
    }
    pointers.set(event.pointerId, event);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    addEventListener(end, event => {
      pointers.delete(event.pointerId);
      drawing.classList.remove('moving');
    });
  }
  drawing.addEventListener('dragstart', event => event.preventDefault());
  drawing.addEventListener('click', event => {
    if (travelled > 4) { event.preventDefault(); }
  }, true);
  drawing.addEventListener('wheel', event => {
    if (event.ctrlKey || event.metaKey || document.fullscreenElement) {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.ctrlKey && Math.abs(event.deltaY) < 20 ? 0.02 : 0.002)), ...at(event));
    }
  }, { passive: false });
  const diagram = document.getElementById('diagram');
  const tools = {
    in: () => zoom(1.4),
    out: () => zoom(1 / 1.4),
    fit,
    full: () => document.fullscreenElement ? document.exitFullscreen() : diagram.requestFullscreen(),
  };
  all('.tools button').forEach(button => button.addEventListener('click', () => tools[button.dataset.tool]()));
  diagram.addEventListener('keydown', event => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const tool = { '+': tools.in, '=': tools.in, '-': tools.out, '0': fit }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(step || tool)) { return; }
    event.preventDefault();
    if (tool) { tool(); return; }
    view.x += step[0] * view.w * 0.1;
    view.y += step[1] * view.h * 0.1;
    show();
  });
  diagram.querySelector('.tools').hidden = false;
  let width = 0;
  new ResizeObserver(() => {
    // not when the height alone changes: on a phone the bars of the browser come and go
    if (width !== drawing.clientWidth) { look(...part); }
    width = drawing.clientWidth;
  }).observe(drawing);

  // a table and the lines to others
  boxes.forEach((box, index) => {
    const near = lines.filter(line => +line.dataset.from === index || +line.dataset.to === index);
    const mark = isNear => () => near.forEach(line => line.classList.toggle('near', isNear));
    for (const event of ['pointerenter', 'focus']) { box.addEventListener(event, mark(true)); }
    for (const event of ['pointerleave', 'blur']) { box.addEventListener(event, mark(false)); }
  });
  all('.locate').forEach((link, index) => link.addEventListener('click', event => {
    event.preventDefault();
    diagram.scrollIntoView();
    lookAt([boxes[index]]);
    boxes[index].focus({ preventScroll: true });
  }));

  // the search
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    let count = 0;
    texts.forEach((text, index) => {
      const matches = words.every(word => text.includes(word));
      count += matches ? 1 : 0;
      sections[index].hidden = !matches;
      entries[index].hidden = !matches;
      boxes[index].classList.toggle('dim', !matches);
      boxes[index].classList.toggle('found', matches && words.length > 0);
    });
    lines.forEach(line => line.classList.toggle('dim',
      sections[line.dataset.from].hidden || sections[line.dataset.to].hidden));
    if (words.length > 0 && count > 0) {
      lookAt(boxes.filter((box, index) => !sections[index].hidden));
    } else {
      fit();
    }
    found.textContent = words.length === 0 ? '' : count === 0 ? 'Nothing has all of these words.' : `${count} of ${texts.length}`;
  };
  search.addEventListener('input', update);
  let reached = ''; // by Enter: the event of it may come when something else is searched
  search.addEventListener('keydown', event => {
    if (event.key !== 'Enter') { return; }
    const text = search.value.trim().toLowerCase();
    const shown = names.filter((name, index) => !sections[index].hidden);
    const best = shown.find(name => name === text) ?? shown.find(name => name.startsWith(text))
      ?? shown.find(name => name.includes(text)) ?? shown[0];
    if (best !== undefined) {
      const section = sections[names.indexOf(best)];
      if (location.hash !== '#' + section.id) {
        reached = '#' + section.id;
        location.hash = reached;
      }
      section.scrollIntoView(); // also if that was the hash
    }
  });
  addEventListener('keydown', event => {
    if (event.key === 'Escape' && search.value) {
      event.preventDefault();
      search.value = '';
      update();
    }
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  // a link to what the search has hidden
  addEventListener('hashchange', () => {
    const target = document.getElementById(location.hash.slice(1));
    const isReached = location.hash === reached;
    reached = '';
    if (target && target.hidden && !isReached) {
      search.value = '';
      update();
      target.scrollIntoView();
    }
  });
  if (innerWidth < 1000) { document.getElementById('index').open = false; }
  update();
}
