'use strict';
(() => {
  const base = 'resilient-console/';
  const proof = document.querySelector('meta[name=proof]').content;
  const viewer = [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, '0')).join('');
  const by = id => document.getElementById(id);
  const states = {
    ready: 'ready', resting: 'resting after a failure or a throttle', broken: 'circuit breaker open',
    full: 'own limit used up', drained: 'drained'
  };
  let before = null;
  let rates = new Map();
  let drawn = null;

  function el(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === 'className' || key === 'textContent') made[key] = value; else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }
  function svg(name, attributes, text) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }
  const percent = share => Math.round(100 * Math.max(0, Math.min(1, share))) + ' %';
  function bar(share, bad) {
    const inner = el('i');
    inner.style.width = percent(share).replace(' ', '');
    return el('div', { className: bad ? 'bar bad' : 'bar', 'aria-hidden': 'true' }, inner);
  }
  function cell(of, ...children) { return el('td', { 'data-of': of }, el('span', {}, ...children)); }

  async function write(path, said) {
    const cookie = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/);
    const headers = { 'Resilient-Console': proof };
    if (cookie) headers['X-XSRF-TOKEN'] = decodeURIComponent(cookie[1]);
    const answer = await fetch(base + path + '?' + new URLSearchParams(said), { method: 'POST', headers });
    const text = await answer.text();
    if (!answer.ok) { by('said').textContent = 'Refused: ' + (text || answer.status); return; }
    const made = JSON.parse(text);
    by('said').textContent = Array.isArray(made) ? 'Simulator: done.'
      : made.action + ' ' + made.what + (made.changed ? ': done.' : ': was so already.')
        + (made.leavesNobody.length ? ' Nobody is left in ' + made.leavesNobody.join(', ') + '.' : '');
  }
  /** @param key by which it is known when it is drawn again, perhaps with another label */
  function button(text, label, act, key = label) {
    const made = el('button', { type: 'button', textContent: text, 'aria-label': label, 'data-key': key });
    made.addEventListener('click', act);
    return made;
  }

  function row(route, target) {
    const label = route.name + ', ' + target.name;
    const rate = rates.get(route.name + '\n' + target.name) || 0;
    const drained = target.state === 'drained';
    const wider = target.drainedWith.filter(part => part.kind !== 'target');
    const alone = target.drainedWith.length > wider.length;
    const why = target.reason && !drained ? ': ' + target.reason : '';
    const along = wider.length ? ' with ' + wider.map(called).join(' and ') : '';
    const back = target.comesBackIn === null ? '' : ', back in ' + target.comesBackIn + ' s';
    const weight = el('input', { type: 'number', min: '1', value: target.weight, 'aria-label': 'Weight of ' + label });
    weight.addEventListener('change', () =>
      write('change', { action: 'weight', route: route.name, target: target.name, weight: weight.value }));
    return el('tr', { 'data-target': target.name, 'data-route': route.name },
      el('th', { scope: 'row' }, el('div', { className: 'name', textContent: target.name }),
        el('div', { className: 'place', textContent: route.name + (target.tier ? ', fallback ' + target.tier : '') + ', ' + target.region + ', account ' + target.account })),
      cell('State', el('span', { className: 'state ' + target.state, textContent: states[target.state] || target.state }), along + why + back),
      cell('Attempts', target.attempts + ' (' + rate.toFixed(1) + ' a second)'),
      cell('Failures', percent(target.failures) + ' of late', bar(target.failures, true)),
      cell('Quota left', percent(target.quotaLeft), bar(target.quotaLeft, target.quotaLeft < 0.1)),
      cell('In flight', String(target.inFlight)),
      cell('Latency', target.latency === null && target.firstAndRest === null ? 'unknown' : (target.latency ?? target.firstAndRest).toFixed(2) + ' s'),
      cell('Weight', weight),
      cell('Do',
        ...(wider.length && !alone
          ? [el('div', { className: 'place', textContent: 'Drained' + along + '; undrain that below' })]
          : [button(alone ? 'Undrain' : 'Drain', (alone ? 'Undrain ' : 'Drain ') + label, () =>
            write('change', { action: alone ? 'undrain' : 'drain', target: target.name }), 'drain ' + label)]),
        button('End rest', 'End the rest of ' + label, () => write('change', { action: 'rest', target: target.name }))));
  }

  /** As much of a name as has room; the whole of it shows under the pointer, and in the table. */
  function label(x, y, room, css, text) {
    const most = Math.max(6, Math.floor(room / 7));
    const made = svg('text', css ? { x, y, class: css } : { x, y },
      text.length <= most ? text : text.slice(0, most - 1) + '\u2026');
    made.append(svg('title', {}, text));
    return made;
  }
  function map(state) {
    const width = Math.max(280, by('map').clientWidth);
    const line = 56;
    const lines = state.routes.reduce((sum, route) => sum + Math.max(1, route.targets.length), 0);
    const from = Math.min(150, width * 0.2);
    const to = Math.min(width * 0.5, width * 0.36 + 40);
    const picture = svg('svg', { viewBox: '0 0 ' + width + ' ' + (lines * line + 8), role: 'img', 'aria-label': state.routes.map(said).join('. ') });
    let y = 28;
    for (const route of state.routes) {
      const middle = y + (Math.max(1, route.targets.length) - 1) * line / 2;
      picture.append(label(0, middle + 4, from - 8, '', route.name + (route.canAnswer ? '' : ' (nobody)')));
      for (const target of route.targets) {
        const rate = rates.get(route.name + '\n' + target.name) || 0;
        const bend = (from + to) / 2;
        const path = 'M' + from + ' ' + middle + ' C ' + bend + ' ' + middle + ', ' + bend + ' ' + y + ', ' + (to - 6) + ' ' + y;
        picture.append(svg('path', { d: path, class: 'edge', 'stroke-width': 1 }));
        if (rate > 0) picture.append(svg('path', { d: path, class: 'flow', 'stroke-width': Math.min(10, 1.5 + rate) }));
        picture.append(svg('circle', { cx: to, cy: y, r: 5, class: 'node' }));
        const room = width - to - 14;
        picture.append(label(to + 12, y - 10, room, '', target.region + (target.tier ? ', fallback ' + target.tier : '')));
        picture.append(label(to + 12, y + 6, room, 'soft', target.model));
        picture.append(label(to + 12, y + 21, room, 'soft', rate.toFixed(1) + ' a second, ' + (room < 280 ? target.state : states[target.state] || target.state)));
        y += line;
      }
      if (!route.targets.length) y += line;
    }
    by('map').replaceChildren(picture);
    drawn = state;
  }
  window.addEventListener('resize', () => { if (drawn) map(drawn); });
  function said(route) {
    return 'Route ' + route.name + (route.canAnswer ? ' can answer' : ' has nobody to answer') + ': '
      + route.targets.map(t => t.name + ' ' + (rates.get(route.name + '\n' + t.name) || 0).toFixed(1) + ' a second').join(', ');
  }

  function count(state) {
    const now = performance.now();
    const all = new Map();
    for (const route of state.routes) for (const target of route.targets) all.set(route.name + '\n' + target.name, target.attempts);
    if (before && now - before.at > 400) {
      rates = new Map([...all].map(([key, sum]) => [key, Math.max(0, sum - (before.all.get(key) ?? sum)) * 1000 / (now - before.at)]));
    }
    if (!before || now - before.at > 400) before = { all, at: now };
  }

  function simulator(state) {
    by('simulator').hidden = state.simulator === null;
    if (state.simulator === null) return;
    const hurt = new Map(state.simulator.map(each => [each.region, each.does]));
    const regions = [...new Set(state.routes.flatMap(route => route.targets.map(target => target.region)))].sort();
    keep(by('regions'), () => regions.map(region => el('div', { className: 'region', 'data-region': region },
      el('b', { textContent: region }),
      el('span', { className: 'does', textContent: hurt.has(region) ? 'the simulator does: ' + hurt.get(region) : 'healthy' }),
      ...[['throttle', 'Throttle'], ['kill', 'Kill'], ['slow', 'Slow down'], ['heal', 'Heal']].map(([action, text]) =>
        button(text, text + ' ' + region, () => write('simulator', { action, region }))))));
  }

  function called(part) { return part.kind + ' ' + part.name; }

  /** Whatever was drained is let in again here, as it was drained: a target of a drained Region cannot be by itself. */
  function drained(state) {
    by('drained').hidden = !state.drained.length && !by('drained').contains(document.activeElement);
    keep(by('parts'), () => state.drained.length
      ? state.drained.map(part => el('li', {}, called(part) + ' ',
        button('Undrain', 'Undrain ' + called(part), () => write('change', { action: 'undrain', [part.kind]: part.name }))))
      : [el('li', { textContent: 'nothing' })]);
  }

  /** Who is on a button with the keyboard stays there when it is drawn again, and may look elsewhere. */
  function keep(parent, made) {
    const focused = parent.contains(document.activeElement) ? document.activeElement : null;
    if (focused && focused.tagName === 'INPUT') return;
    const key = focused && focused.dataset.key;
    parent.replaceChildren(...made());
    if (key) {
      const again = [...parent.querySelectorAll('[data-key]')].find(each => each.dataset.key === key);
      (again || parent).focus({ preventScroll: true });
    }
  }

  function show(state) {
    count(state);
    map(state);
    keep(by('rows'), () => state.routes.flatMap(route => route.targets.map(target => row(route, target))));
    drained(state);
    simulator(state);
    by('callers').replaceChildren(...state.callers.map(caller =>
      el('li', { textContent: caller.id + ': ' + caller.calls + (caller.calls === 1 ? ' call' : ' calls') })));
    by('live').textContent = 'Live. ' + state.routes.filter(route => route.canAnswer).length + ' of ' + state.routes.length
      + ' routes can answer' + (state.drained.length ? '; drained: ' + state.drained.map(called).join(', ') : '') + '.';
  }
  function decided(all) {
    const list = by('decisions');
    for (const one of all) {
      const way = one.servedBy && one.attempts.length === 1 ? '' : ' (' + one.attempts.join('; ') + ')';
      list.prepend(el('li', { value: one.number, textContent:
        one.route + ': ' + one.ending + (one.servedBy ? ' by ' + one.servedBy : '') + ' after ' + one.millis + ' ms' + way }));
    }
    while (list.children.length > 100) list.lastChild.remove();
  }

  /** Read when it is opened: it changes only when properties are read again. */
  function settings(of, said) {
    return el('table', {}, el('caption', { textContent: of }),
      el('thead', {}, el('tr', {}, ...['Setting', 'Value', 'Said by'].map(textContent => el('th', { scope: 'col', textContent })))),
      el('tbody', {}, ...Object.entries(said).map(([name, each]) => el('tr', {},
        el('th', { scope: 'row', textContent: name }), cell('Value', each.value), cell('Said by', each.source)))));
  }
  by('in-force').addEventListener('toggle', async () => {
    if (!by('in-force').open) return;
    const answer = await fetch(base + 'settings');
    if (!answer.ok) { by('settings').textContent = 'Refused: ' + answer.status; return; }
    by('settings').replaceChildren(...(await answer.json()).flatMap(route => [
      settings('Route ' + route.name + (route.isDefault ? ', the default' : ''), route.settings),
      ...route.targets.map(target => settings(route.name + ', tier ' + target.tier + ': ' + target.name, target.settings))]));
  });

  const source = new EventSource(base + 'events?viewer=' + viewer);
  source.addEventListener('state', event => show(JSON.parse(event.data)));
  source.addEventListener('decisions', event => decided(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      by('live').textContent = 'Not live: as many look already as may, or you may not. Load the page again.';
    }
  });
})();
