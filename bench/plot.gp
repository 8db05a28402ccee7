# Bars of ours/stock with the middle half of the rounds as a whisker and the
# limit as a tick. From the command line: data, output, rows.
set terminal svg size 760,80+24*rows font "sans-serif,12" background "white"
set output output
set datafile separator "\t"
set xrange [0:1.25]
set yrange [rows-0.4:-0.6]
set title "Time of a login, ours / stock (less is better)" noenhanced
set grid x
set xtics 0.25
set ytics scale 0 noenhanced
set border 3
set arrow from 1,graph 0 to 1,graph 1 nohead dashtype 2 linecolor "#555555"
set key bottom right outside horizontal
set style fill solid
plot data using ($3/2):0:($3/2):(0.32):ytic(1) with boxxyerror \
	linecolor "#3b7ea1" title "ours", \
     data using 3:0:4:5 with xerrorbars pointtype 0 linewidth 2 \
	linecolor "#202020" title "half of the rounds", \
     data using 6:0 with points pointtype 9 pointsize 0.9 \
	linecolor "#c4462c" title "limit"
