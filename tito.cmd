@echo off
rem The course's command line. Builds itself when it is missing or older than its sources, then hands over to
rem modules\tito. Needs a JDK, 17 or newer, and nothing else.
setlocal

set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"

set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
    echo tito: no Java found. Install a JDK, version 17 or newer ^(https://adoptium.net has one for every system^), 1>&2
    echo       and put its bin directory on the PATH or set JAVA_HOME. 1>&2
    exit /b 1
)
set "MAJOR=0"
for /f "tokens=2 delims==" %%v in ('call "%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="') do (
    for /f "tokens=1 delims=. " %%m in ("%%v") do set "MAJOR=%%m"
)
if %MAJOR% LSS 17 (
    echo tito: this Java is too old: 1>&2
    "%JAVA%" -version 1>&2
    echo       Install a JDK, version 17 or newer, and put its bin directory on the PATH or set JAVA_HOME. 1>&2
    exit /b 1
)
"%JAVA%" --list-modules 2>nul | findstr /b /c:"jdk.compiler" >nul
if errorlevel 1 (
    echo tito: this Java has no compiler. A JRE is not enough: install a JDK. 1>&2
    exit /b 1
)

set "WORK=%ROOT%\.tito"
set "STAMP=%WORK%\tito.built"
set "JAR=%ROOT%\modules\tito\target\tito.jar"
set "BUILD="
if exist "%ROOT%\bin\tito.jar" (
    rem A student edition: built, and without sources.
    set "JAR=%ROOT%\bin\tito.jar"
    goto run
)
if not exist "%JAR%" set "BUILD=modules/tito"
if defined BUILD goto build
if not exist "%STAMP%" set "STAMP=%JAR%"
powershell -NoProfile -Command "$t = (Get-Item -LiteralPath $env:STAMP).LastWriteTime; $s = @(Get-Item -LiteralPath ($env:ROOT + '\pom.xml'), ($env:ROOT + '\modules\tito\pom.xml')) + @(Get-ChildItem -LiteralPath ($env:ROOT + '\modules\tito\src\main') -Recurse -File); if ($s | Where-Object { $_.LastWriteTime -gt $t }) { exit 1 } else { exit 0 }"
if errorlevel 1 set "BUILD=modules/tito"
if not defined BUILD goto run

:build
if not exist "%WORK%" mkdir "%WORK%"
set "PROGRAM="
if /i "%~1"=="milestone" set "PROGRAM=1"
if /i "%~1"=="download" set "PROGRAM=1"
if /i "%~1"=="package" set "PROGRAM=1"
if /i "%~1"=="serve" set "PROGRAM=1"
if /i "%~1"=="load" set "PROGRAM=1"
if defined PROGRAM if not exist "%ROOT%\milestones\target\milestones.jar" set "BUILD=%BUILD%,milestones"
echo Building what is missing; the first time this takes a minute or two and needs a network ... 1>&2
pushd "%ROOT%"
copy nul "%WORK%\building" >nul
call mvnw.cmd --batch-mode -Pquick -Dcompiler.failOnWarning=false -pl "%BUILD%" -am package >"%WORK%\build.log" 2>&1
if errorlevel 1 (
    popd
    echo tito: the build failed; all of it is in .tito\build.log. What it complains about: 1>&2
    findstr /b /c:"[ERROR]" /c:"[WARNING]" /c:"Error" "%WORK%\build.log" 1>&2
    exit /b 1
)
popd
if not "%BUILD%"=="modules/tito" copy /y "%WORK%\building" "%WORK%\milestones.built" >nul
move /y "%WORK%\building" "%WORK%\tito.built" >nul

:run
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Dtito.root=%ROOT%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%
