/* SPDX-License-Identifier: Apache-2.0 */
/* The chart that answers to pointer, keyboard and video. Without it, or without dygraphs, the still picture stands. */
(function () {
  'use strict';
  var holder = document.getElementById('chart');
  var source = document.getElementById('curves');
  if (!holder || !source || typeof Dygraph === 'undefined') return;
  var data = JSON.parse(source.textContent);
  var rows = data.rows;
  var now = document.getElementById('now');
  var slider = document.getElementById('moment');
  var video = document.getElementById('film');
  document.documentElement.classList.add('has-live');

  /* The page's own colours, light or dark. */
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  function shade(context, area, graph) {
    data.repetitions.forEach(function (repetition, i) {
      var from = graph.toDomXCoord(repetition.from), to = graph.toDomXCoord(repetition.to);
      context.fillStyle = colour('wash');
      context.fillRect(from, area.y, to - from, area.h);
      context.fillStyle = colour('faint');
      context.font = '13px system-ui, sans-serif';
      context.fillText((i + 1) + (repetition.valid ? '' : '*'), from + 5, area.y + 14);
    });
  }

  function degrees(value) {
    return Math.round(value).toString().replace('-', '\u2212') + '°';
  }

  var graph = new Dygraph(holder, rows, {
    labels: ['time'].concat(data.names),
    customBars: true,
    colors: [colour('hips'), colour('back')],
    strokeWidth: 2.5,
    fillAlpha: 0.17,
    series: (function () {
      var series = {};
      series[data.names[1]] = { strokePattern: [7, 4] };
      return series;
    }()),
    legend: 'never',
    gridLineColor: colour('line'),
    axisLineColor: colour('faint'),
    highlightCircleSize: 5,
    includeZero: true,
    axes: {
      x: { axisLabelFormatter: function (t) { return (Math.round(t * 10) / 10) + ' s'; } },
      y: { axisLabelFormatter: degrees, axisLabelWidth: 44 }
    },
    underlayCallback: shade,
    /* No dragging: on a telephone the page scrolls over the chart. */
    interactionModel: {
      mousemove: function (event, g) { show(time(event, g), true); },
      click: function (event, g) { show(time(event, g), true); },
      touchstart: function (event, g) { if (event.touches.length === 1) show(time(event.touches[0], g), true); },
      touchmove: function (event, g) { if (event.touches.length === 1) show(time(event.touches[0], g), true); }
    }
  });
  var cursor = document.createElement('div');
  cursor.className = 'cursor';
  holder.appendChild(cursor);

  function time(event, g) {
    return g.toDataXCoord(event.clientX - holder.getBoundingClientRect().left);
  }

  function row(t) {
    var low = 0, high = rows.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (rows[middle][0] <= t) low = middle; else high = middle - 1;
    }
    return low + 1 < rows.length && rows[low + 1][0] - t < t - rows[low][0] ? low + 1 : low;
  }

  /* German writes nouns with a capital within a sentence, too. */
  var nouns = document.documentElement.lang === 'de';

  function words(name, value) {
    if (!value || value[1] === null) return name + ' ' + data.words.unseen;
    var interval = value[0] === null ? '' : ' (' + degrees(value[0]) + data.words.to + degrees(value[2]) + ')';
    return name + ' ' + degrees(value[1]) + interval;
  }

  /* byHand: the user pointed there, so the video follows; otherwise it leads. */
  function show(t, byHand) {
    var first = rows[0][0], last = rows[rows.length - 1][0];
    t = Math.min(Math.max(t, first), last);
    var i = row(t), area = graph.getArea();
    graph.setSelection(i);
    cursor.style.left = (graph.toDomXCoord(t) - 1) + 'px';
    cursor.style.top = area.y + 'px';
    cursor.style.height = area.h + 'px';
    now.textContent = data.words.at + ' ' + t.toFixed(1).replace('.', data.words.decimal) + ' s: ' + words(data.names[0], rows[i][1]) + ', ' +
      words(nouns ? data.names[1] : data.names[1].toLowerCase(), rows[i][2]) + '.';
    slider.value = t;
    slider.setAttribute('aria-valuetext', now.textContent);
    if (video && byHand && video.readyState > 0 && video.paused) video.currentTime = t;
  }

  slider.min = rows[0][0];
  slider.max = rows[rows.length - 1][0];
  slider.addEventListener('input', function () { show(Number(slider.value), true); });
  if (video) {
    var follow = function () {
      show(video.currentTime, false);
      if (!video.paused && !video.ended) requestAnimationFrame(follow);
    };
    video.addEventListener('play', follow);
    video.addEventListener('seeked', function () { if (video.paused) show(video.currentTime, false); });
  }
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () {
    graph.updateOptions({ colors: [colour('hips'), colour('back')], gridLineColor: colour('line'),
      axisLineColor: colour('faint') });
  });
  window.addEventListener('resize', function () { show(Number(slider.value), false); });
  show(data.start, false);
}());
