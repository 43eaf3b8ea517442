module record119

go 1.19
